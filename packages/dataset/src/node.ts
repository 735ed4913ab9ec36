export { DatasetError, type DatasetProblem, type ProblemKind, problemKinds } from './dataset-error.js';
export type { ArchiveFormat } from './node/archive/archive-reader.js';
export { type CheckDatasetOptions, checkDataset } from './node/check/check-dataset.js';
export {
  type CheckBounds,
  type ComparedSample,
  type DatasetFinding,
  type DatasetReport,
  type FindingKind,
  findingKinds,
  type ParameterHistogram,
} from './node/check/dataset-report.js';
export type { OnInvalid } from './node/check-on-invalid.js';
export {
  type DownloadDatasetOptions,
  type DownloadedFile,
  type DownloadSummary,
  downloadDataset,
  publishedDoi,
} from './node/download/download-dataset.js';
export type { Checksums } from './node/download/download-file.js';
export type { PublishedFile, PublishedRecord } from './node/download/zenodo-record.js';
export type { ImageCache } from './node/image-cache.js';
export type { ImageStream } from './node/image-stream.js';
export {
  type ImportDatasetOptions,
  type ImportStage,
  type ImportSummary,
  importDataset,
} from './node/import/import-dataset.js';
export { type ImportLimits, importLimits } from './node/import/import-limits.js';
export { loadPreset } from './node/load-preset.js';
export { makeFolder } from './node/make-folder.js';
export { type OpenImageCacheOptions, openImageCache } from './node/open-image-cache.js';
export { type OpenImageStreamOptions, openImageStream } from './node/open-image-stream.js';
export { type ReadImageOptions, readImage } from './node/read-image.js';
export { datasetLook, type Look as DatasetLook } from './node/read-look.js';
export { type DatasetScan, type ScanDatasetOptions, scanDataset } from './node/scan-dataset.js';
export type { SynthesisRecipe } from './node/synthesis-manifest.js';
export { type SynthesisSummary, type SynthesizeDatasetOptions, synthesizeDataset } from './node/synthesize-dataset.js';
