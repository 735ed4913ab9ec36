export { applyDihedral } from './augmentation/apply-dihedral.js';
export { type AugmentationKey, augmentBatch } from './augmentation/augment-batch.js';
export {
  type Augmentation,
  augmentationNames,
  augmentationSets,
  augmentations,
  parseAugmentations,
} from './augmentation/augmentations.js';
export { checkAugmentation } from './augmentation/check-augmentation.js';
export { mirrorKeepsLabels } from './augmentation/mirror-keeps-labels.js';
export { type CalibratedIntervals, calibratedIntervals } from './evaluation/calibrated-intervals.js';
export {
  type CalibrateOptions,
  type Calibration,
  type CalibrationImages,
  calibrate,
  type Factors,
  intervalLevels,
  storedCalibration,
} from './evaluation/calibration.js';
export { cardLimits } from './evaluation/card-limits.js';
export { type CombinationEstimates, combinationEstimates } from './evaluation/combination-estimates.js';
export { mean } from './evaluation/mean.js';
export { predictIndices } from './evaluation/predict-indices.js';
export { type IndexedPredictions, predictIndicesWithSpread } from './evaluation/predict-indices-with-spread.js';
export { type CameraScores, scoreCamera } from './evaluation/score-camera.js';
export { type CoverageScores, type ShapeEstimates, scoreCoverage } from './evaluation/score-coverage.js';
export { type PredictionScores, scorePredictions } from './evaluation/score-predictions.js';
export type { Scores } from './evaluation/scores.js';
export { takeColumns } from './evaluation/take-columns.js';
export type {
  OnTrainingEvent,
  TrainingCheckpoint,
  TrainingEpoch,
  TrainingEvent,
  TrainingFailed,
  TrainingFinished,
  TrainingNotice,
  TrainingProgress,
  TrainingStarted,
  TrainingStep,
  TrainingValidated,
} from './events/training-event.js';
export { type Experiment, type ExperimentOptions, experimentSchema, modelOf } from './experiment/experiment.js';
export { experimentByRecipe } from './experiment/experiment-by-recipe.js';
export { type ExperimentPart, mergeExperiment } from './experiment/experiment-part.js';
export { parseExperiment } from './experiment/parse-experiment.js';
export { type Recipe, type RecipeName, recipeNames, recipePart, recipes } from './experiment/recipes.js';
export { type CachedFeatures, type CacheFeaturesOptions, cacheFeatures } from './features/cache-features.js';
export { type FeatureRows, type FeatureStore, memoryFeatureStore } from './features/feature-store.js';
export type { SizePhase } from './growth/image-sizes.js';
export type { BackboneWeights } from './init/backbone-weights.js';
export type { TrainingInit } from './init/training-init.js';
export { fastForward } from './loop/fast-forward.js';
export { learningRateSchedule } from './loop/learning-rate.js';
export { scheduleNames } from './loop/schedule-names.js';
export { bestEpoch, type EpochRecord, type TrainingState } from './loop/training-state.js';
export type { LabelledImages } from './source/labelled-images.js';
export { type SceneSourceOptions, sceneSource } from './source/scene-source.js';
export type { TrainingBatch, TrainingSource } from './source/training-source.js';
export type { TableImages, TrainingTable } from './source/training-table.js';
export { type TrainExperimentOptions, type TrainedExperiment, trainExperiment } from './train-experiment.js';
export { TrainingError, type TrainingErrorCode, type TrainingMistakes } from './training-error.js';
export { WorkerError } from './worker-error.js';
