export { BlenderError, type BlenderErrorKind } from './blender-error.js';
export { DatasetError, type DatasetProblem, type ProblemKind, problemKinds } from './dataset-error.js';
export {
  type BlenderRenderer,
  type BlenderViewOptions,
  type OpenBlenderOptions,
  openBlender,
} from './node/blender/blender-renderer.js';
export {
  type ComparedImages,
  type ComparedView,
  type CompareRenderersOptions,
  compareRenderers,
  type MedianAndWorst,
  type RendererComparison,
} from './node/blender/compare-renderers.js';
export type { BlenderSynthesisOptions } from './node/blender/synthesize-with-blender.js';
export type { OnInvalid } from './node/check-on-invalid.js';
export type { ImageCache } from './node/image-cache.js';
export type { ImageStream } from './node/image-stream.js';
export { loadPreset } from './node/load-preset.js';
export { makeFolder } from './node/make-folder.js';
export { type OpenImageCacheOptions, openImageCache } from './node/open-image-cache.js';
export { type OpenImageStreamOptions, openImageStream } from './node/open-image-stream.js';
export { type ReadImageOptions, readImage } from './node/read-image.js';
export { datasetLook, type Look as DatasetLook } from './node/read-look.js';
export { type DatasetScan, type ScanDatasetOptions, scanDataset } from './node/scan-dataset.js';
export type { BlenderRecipe, SynthesisRecipe } from './node/synthesis-manifest.js';
export { type SynthesisSummary, type SynthesizeDatasetOptions, synthesizeDataset } from './node/synthesize-dataset.js';
