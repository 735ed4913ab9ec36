export { type BackendName, backendNames } from './backends/backend-names.js';
export { UserError, type UserErrorOptions } from './cli/user-error.js';
export { type PredictionScores, type Scores, scorePredictions } from './evaluation/score-predictions.js';
export { readRunLog } from './training/read-run-log.js';
export { type RunConfig, readRunConfig, type StreamSettings, type TrainingSettings } from './training/run-config.js';
export { openRunFolder, type RunFolder } from './training/run-folder.js';
export type { EpochRecord } from './training/training-state.js';
