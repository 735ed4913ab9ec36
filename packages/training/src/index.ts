export { augmentationNames, parseAugmentations } from './augmentation/augmentations.js';
export { mean } from './evaluation/mean.js';
export { predictIndices } from './evaluation/predict-indices.js';
export { type PredictionScores, type Scores, scorePredictions } from './evaluation/score-predictions.js';
export { scheduleNames } from './loop/schedule-names.js';
export type { EpochRecord } from './loop/training-state.js';
export { recipeNames, withRecipe } from './recipe/recipes.js';
