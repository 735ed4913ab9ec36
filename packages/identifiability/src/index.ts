export {
  type BestPossibleOptions,
  type BestPossibleScores,
  type BestScores,
  bestPossibleScores,
  type Invisibility,
} from './best-possible-scores.js';
export type { CombinationTerm } from './combination-term.js';
export { type IdentifiabilityOptions, identifiability } from './identifiability.js';
export type {
  CheckedLaw,
  DrawSpectrum,
  FinerSettings,
  Identifiability,
  ParameterVisibility,
  SmallestChange,
} from './identifiability-result.js';
export type { ImageDrawOptions } from './image-draws.js';
export { type ImageLimitsOptions, imageLimits, measureLimits } from './image-limits.js';
export type { ImageLimits } from './image-limits-result.js';
export { type InvisibleLaw, type LawTerm, lawInterval, moveAlong, type ParameterRange } from './invisible-law.js';
export { invisibleParameters } from './invisible-parameters.js';
export { combinationValue, type VisibleCombination } from './visible-combinations.js';
export { visibleParameters } from './visible-parameters.js';
