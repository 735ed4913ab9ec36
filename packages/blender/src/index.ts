export { type ComparedImages, type ComparedView, type CompareRenderersOptions, compareRenderers, type RendererComparison } from './compare-renderers.js';
export { BlenderError } from './blender-error.js';
export { type BlenderSynthesisOptions } from './synthesize-with-blender.js';
export { fakeBlender } from './../test/fake-blender.js';
export { blenderDatasetRenderer } from './blender-dataset-renderer.js';
export { openBlender } from './blender-renderer.js';
