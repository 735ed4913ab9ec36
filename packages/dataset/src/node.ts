export {
  DatasetError,
  type DatasetErrorReason,
  type DatasetProblem,
  type ProblemKind,
  problemKinds,
} from './dataset-error.js';
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
export { type DatasetRenderer, RendererError } from './node/dataset-renderer.js';
export { type DatasetScene, datasetScene } from './node/dataset-scene.js';
export { type DecodeImageOptions, decodeImage } from './node/decode-image.js';
export { findDatasetRoot } from './node/find-dataset-root.js';
export type { ImageCache } from './node/image-cache.js';
export { readableFormats } from './node/image-format.js';
export { type ImportState, readImportState, writeImportState } from './node/import-state.js';
export { type LabelViews, labelViews } from './node/label-views.js';
export type { RendererSettings, SynthesisSettings } from './node/manifest-schema.js';
export { mapConcurrently } from './node/map-concurrently.js';
export { type OpenImageCacheOptions, openImageCache } from './node/open-image-cache.js';
export { openImageStream } from './node/open-image-stream.js';
export { type ReadImageOptions, readImage } from './node/read-image.js';
export { type DatasetScan, type ScanDatasetOptions, scanDataset } from './node/scan-dataset.js';
export { showEntry } from './node/show-entry.js';
export { manifestFileName } from './node/synthesis-manifest.js';
export type { SynthesisResult, SynthesisTask } from './node/synthesis-worker.js';
export { type SynthesisSummary, type SynthesizeDatasetOptions, synthesizeDataset } from './node/synthesize-dataset.js';
export { synthesizeView, type ViewRenderer } from './node/synthesize-view.js';
export type { ImageStream } from './stream/image-stream.js';
export { ImageStreamError } from './stream/image-stream-error.js';
export type { OpenImageStreamOptions } from './stream/open-image-stream-on.js';
