export { modelScene } from './model-scene.js';
export { type Reconstruction, type ReconstructOptions, reconstruct } from './reconstruct.js';
