export { DatasetError, type DatasetProblem, type ProblemKind, problemKinds } from './dataset-error.js';
export type { ImageCache } from './node/image-cache.js';
export { loadPreset } from './node/load-preset.js';
export { type OpenImageCacheOptions, openImageCache } from './node/open-image-cache.js';
export { type ReadImageOptions, readImage } from './node/read-image.js';
export { type DatasetScan, type ScanDatasetOptions, scanDataset } from './node/scan-dataset.js';
export type { SynthesisRecipe } from './node/synthesis-manifest.js';
export { type SynthesisSummary, type SynthesizeDatasetOptions, synthesizeDataset } from './node/synthesize-dataset.js';
