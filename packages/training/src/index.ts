export { augmentationNames, parseAugmentations } from './augmentation/augmentations.js';
export { recipeNames, withRecipe } from './recipe/recipes.js';
export { scheduleNames } from './loop/schedule-names.js';
export { mean } from './evaluation/mean.js';
export { predictIndices } from './evaluation/predict-indices.js';
export { type PredictionScores, scorePredictions, type Scores } from './evaluation/score-predictions.js';
export { type EpochRecord } from './loop/training-state.js';
