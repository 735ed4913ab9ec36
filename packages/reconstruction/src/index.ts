export {
  type CompareReconstructionOptions,
  compareReconstruction,
  type ReconstructionComparison,
  type SurfaceDifference,
} from './compare-reconstruction.js';
export { insideRanges } from './inside-ranges.js';
export { modelScene } from './model-scene.js';
export { type Reconstruction, type ReconstructOptions, reconstruct } from './reconstruct.js';
