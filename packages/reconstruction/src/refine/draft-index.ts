export { combinationValue, imageLimits } from '@kanrecon/identifiability';
export * from '../refine.js';
export * from './fit-level.js'; export * from './search.js'; export * from './draw-starts.js'; export * from './start-color.js'; export * from './free-directions.js'; export * from './guess-renderer.js'; export * from './target-levels.js'; export * from './bounds.js'; export * from './turn-camera.js'; export * from './camera-inside.js'; export * from './soften-image.js';
export * from '@kanrecon/scene'; 
