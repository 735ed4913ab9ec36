export {
  type BestPossibleOptions,
  type BestPossibleScores,
  type BestScores,
  bestPossibleScores,
  type Invisibility,
} from './best-possible-scores.js';
export {
  type CameraAngleVisibility,
  type CameraVisibilityOptions,
  cameraVisibility,
} from './camera-visibility.js';
export type { CombinationTerm } from './combination-term.js';
export { decidedScores } from './decided-scores.js';
export { type IdentifiabilityOptions, identifiability } from './identifiability.js';
export type {
  CheckedInvariance,
  DrawSpectrum,
  FinerSettings,
  FollowedDirections,
  Identifiability,
  ParameterVisibility,
  SmallestChange,
} from './identifiability-result.js';
export type { ImageDrawOptions } from './image-draws.js';
export { type ImageLimitsOptions, imageLimits, measureLimits } from './image-limits.js';
export type { ImageLimits } from './image-limits-result.js';
export {
  type Invariance,
  type InvarianceTerm,
  invarianceInterval,
  moveAlong,
  type ParameterRange,
} from './invariance.js';
export { type LawPosterior, lawPosterior, posteriorTime } from './law-posterior.js';
export { orientationDistance } from './orientation-distance.js';
export { storedLimits } from './stored-limits.js';
export { type SymmetricEigen, symmetricEigen } from './symmetric-eigen.js';
export { combinationValue, type VisibleCombination } from './visible-combinations.js';
