export { checkKnown } from './check-known.js';
export { type ColoredMesh, coloredMesh, type MeshSteps } from './colored-mesh.js';
export {
  type CompareReconstructionOptions,
  compareReconstruction,
  type ReconstructionComparison,
  type SurfaceDifference,
} from './compare-reconstruction.js';
export { type FindObjectOptions, type FoundObject, findObject } from './find-object.js';
export { firstLook } from './first-look.js';
export { insideRanges } from './inside-ranges.js';
export { modelScene } from './model-scene.js';
export { type NetworkCamera, networkCamera } from './network-camera.js';
export { type NetworkTargets, networkColumns } from './network-columns.js';
export { type NetworkStart, networkStart } from './network-start.js';
export type { IntervalFactors, RefineCalibration } from './posterior/calibration.js';
export type { Estimate } from './posterior/estimate.js';
export type { ParameterEstimate, ShapePosterior } from './posterior/shape-posterior.js';
export { colorImage, type RebuildOptions, type RebuiltObject, rebuild } from './rebuild.js';
export { type Reconstruction, type ReconstructOptions, reconstruct } from './reconstruct.js';
export type { Known, KnownValue } from './refine/known.js';
export { KnownError } from './refine/known-error.js';
export type { Misfit } from './refine/misfit.js';
export type { RefineOptions } from './refine/refine-options.js';
export type { RefineProgress } from './refine/refine-progress.js';
export type { RefineStart } from './refine/refine-start.js';
export type { Refinement } from './refine/refinement.js';
export { refine } from './refine.js';
export { type Verdict, verdict } from './verdict.js';
