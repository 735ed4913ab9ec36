export { type DownloadedFile, downloadDataset, type DownloadDatasetOptions, type DownloadSummary, publishedDoi } from './download/download-dataset.js';
export { type ImportDatasetOptions, type ImportStage, type ImportSummary, importDataset } from './import/import-dataset.js';
export { showEntry } from './archive/archive-error.js';
export { type ArchiveEntry, type ArchiveFormat } from './archive/archive-reader.js';
export { type Checksums } from './download/download-file.js';
export { type PublishedFile, type PublishedRecord } from './download/zenodo-record.js';
export { type ImportLimits, importLimits } from './import/import-limits.js';
