export { type ImageLimits, imageLimits } from './image-limits.js';
export { type BestPossibleScores, type BestScores, bestPossibleScores, type BestPossibleOptions, type Invisibility } from './best-possible-scores.js';
export { visibleParameters } from './visible-parameters.js';
export { combinationValue, type VisibleCombination, type CombinationTerm } from './visible-combinations.js';
export { type Identifiability, type ParameterVisibility, type SmallestChange, type CheckedLaw, type DrawSpectrum, type FinerSettings } from './identifiability-result.js';
export { identifiability, type IdentifiabilityOptions } from './identifiability.js';
export { lawInterval, moveAlong, type InvisibleLaw, type LawTerm, type ParameterRange } from './invisible-law.js';
export { type ImageDrawOptions } from './image-draws.js';
export { invisibleParameters } from './invisible-parameters.js';
