export { fakeBlender } from './../test/fake-blender.js';
export { blenderDatasetRenderer } from './blender-dataset-renderer.js';
export { BlenderError } from './blender-error.js';
export { openBlender } from './blender-renderer.js';
export {
  type ComparedImages,
  type ComparedView,
  type CompareRenderersOptions,
  compareRenderers,
  type RendererComparison,
} from './compare-renderers.js';
export type { BlenderSynthesisOptions } from './synthesize-with-blender.js';
