// Pure data, words and errors: help texts, flags and error messages need no TensorFlow.js, which takes a third of a second to load.
export {
  type Augmentation,
  augmentationNames,
  augmentationSets,
  augmentations,
  parseAugmentations,
} from './augmentation/augmentations.js';
export type { ExperimentOptions } from './experiment/experiment.js';
export { type ExperimentPart, mergeExperiment } from './experiment/experiment-part.js';
export { type RecipeName, recipeNames, recipePart, recipes } from './experiment/recipes.js';
export { scheduleNames } from './loop/schedule-names.js';
export { type BackendName, backendNames } from './node/backends/backend-names.js';
export { countOf } from './report/count-of.js';
export { fixed } from './report/fixed.js';
export { TrainingError, type TrainingErrorCode, type TrainingMistakes } from './training-error.js';
