export { type ColoredMesh, coloredMesh, type MeshSteps } from './colored-mesh.js';
export {
  type CompareReconstructionOptions,
  compareReconstruction,
  type ReconstructionComparison,
  type SurfaceDifference,
} from './compare-reconstruction.js';
export { firstLook } from './first-look.js';
export { insideRanges } from './inside-ranges.js';
export { modelScene } from './model-scene.js';
export { type NetworkTargets, networkColumns } from './network-columns.js';
export { colorImage, type RebuildOptions, type RebuiltObject, rebuild } from './rebuild.js';
export { type Reconstruction, type ReconstructOptions, reconstruct } from './reconstruct.js';
export {
  type Refinement,
  type RefineOptions,
  type RefineProgress,
  type RefineStart,
  refine,
} from './refine.js';
export { type Verdict, verdict } from './verdict.js';
