export { type ComparedImages, type ComparedView, type CompareRenderersOptions, compareRenderers, type RendererComparison, type MedianAndWorst } from './compare-renderers.js';
export { BlenderError, type BlenderErrorKind } from './blender-error.js';
export { type BlenderSynthesisOptions, synthesizeWithBlender } from './synthesize-with-blender.js';
export { blenderDefaults, openBlender, type BlenderRenderer, type BlenderViewOptions, type OpenBlenderOptions } from './blender-renderer.js';
export { blenderVersion } from './blender-version.js';
