export { checkWritable } from './check-writable.js';
export { explainFileError, type FileError, fileErrorRemedy } from './explain-file-error.js';
export { explainNoRoom } from './explain-no-room.js';
export { makeFolder } from './make-folder.js';
export { namingPath } from './naming-path.js';
export { withFolder } from './with-folder.js';
export { removeTemporaryFiles, writeAtomically } from './write-atomically.js';
export { writeFully } from './write-fully.js';
