export { makeFolder } from './make-folder.js';
export { namingPath } from './naming-path.js';
export { explainFileError, type FileError, fileErrorRemedy } from './explain-file-error.js';
export { writeFully } from './write-fully.js';
export { writeAtomically, removeTemporaryFiles } from './write-atomically.js';
export { explainNoRoom } from './explain-no-room.js';
