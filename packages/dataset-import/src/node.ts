export type { FileChecksums as Checksums } from '@kanrecon/files/node';
export type { ArchiveEntry, ArchiveFormat, EntryKind } from './archive/archive-reader.js';
export { explainNoUnrar } from './archive/load-unrar.js';
export {
  type DownloadDatasetOptions,
  type DownloadedFile,
  type DownloadSummary,
  downloadDataset,
  publishedDoi,
} from './download/download-dataset.js';
export type { PublishedFile, PublishedRecord } from './download/zenodo-record.js';
export {
  type ImportDatasetOptions,
  type ImportStage,
  type ImportSummary,
  importDataset,
} from './import/import-dataset.js';
export { type ImportLimits, importLimits } from './import/import-limits.js';
