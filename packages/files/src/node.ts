export { type CachedFile, type CachedFileOptions, downloadToCache } from './cache/download-to-cache.js';
export { checkOptions, type OptionNames } from './check-options.js';
export { checkWritable } from './check-writable.js';
export { type DownloadFileOptions, downloadFile, partPath } from './download/download-file.js';
export type { FileChecksums } from './download/file-sink.js';
export {
  explainFileError,
  type FileError,
  type FileErrorFacts,
  fileErrorFacts,
  fileErrorRemedy,
} from './explain-file-error.js';
export { explainNoRoom } from './explain-no-room.js';
export { isLitter } from './is-litter.js';
export { type FileState, isMadeFile, MadeFiles } from './made-files.js';
export { makeFolder } from './make-folder.js';
export { namingPath } from './naming-path.js';
export { FileInTheWayError, type OutputFile, OutputFiles } from './output-files.js';
export { earliestStart, hasEnded, processStart } from './process-start.js';
export { removeEmptyFolders } from './remove-empty-folders.js';
export { siblingPath } from './sibling-path.js';
export { type UserTemporaryFolderOptions, userTemporaryFolder } from './user-temporary-folder.js';
export { withFolder } from './with-folder.js';
export {
  removeTemporaryFiles,
  type WriteAtomicallyOptions,
  writeAtomically,
  writeDurably,
} from './write-atomically.js';
export { writeFully } from './write-fully.js';
