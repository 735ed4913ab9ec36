// What downloads, without a file system: in browsers too.
export { type DownloadedBytes, downloadBytes } from './download/download-bytes.js';
export { DownloadError, type DownloadErrorCode } from './download/download-error.js';
export { type RequestContext, request } from './download/request.js';
export { type RequestPatience, requestPatience } from './download/request-patience.js';
export { sha256 } from './download/sha256.js';
export type { OnDownloadProgress } from './download/transfer.js';
export { explainWrongChecksum, type FoundChecksums, type WantedFile } from './download/wanted-file.js';
