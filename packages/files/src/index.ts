export { checkWritable } from './check-writable.js';
export { withFolder } from './with-folder.js';
export { writeAtomically, removeTemporaryFiles } from './write-atomically.js';
export { explainFileError, type FileError, fileErrorRemedy } from './explain-file-error.js';
export { explainNoRoom } from './explain-no-room.js';
export { makeFolder } from './make-folder.js';
export { writeFully } from './write-fully.js';
export { namingPath } from './naming-path.js';
