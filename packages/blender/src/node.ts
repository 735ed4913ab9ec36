export { blenderDatasetRenderer } from './blender-dataset-renderer.js';
export { BlenderError, type BlenderErrorKind } from './blender-error.js';
export {
  type BlenderRenderer,
  type BlenderViewOptions,
  blenderDefaults,
  type OpenBlenderOptions,
  openBlender,
} from './blender-renderer.js';
export {
  type ComparedImages,
  type ComparedView,
  type CompareRenderersOptions,
  compareRenderers,
  type MedianAndWorst,
  type RendererComparison,
} from './compare-renderers.js';
export type { BlenderSynthesisOptions } from './synthesize-with-blender.js';
