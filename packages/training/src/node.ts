export { cardLimits } from './evaluation/card-limits.js';
export { type ActiveBackend, activateBackend } from './node/backends/activate-backend.js';
export { type BackendName, backendNames } from './node/backends/backend-names.js';
export type { Availability, BackendSpec } from './node/backends/backend-spec.js';
export { backendTable } from './node/backends/backend-table.js';
export { chooseBackend } from './node/backends/choose-backend.js';
export { measureBackend } from './node/backends/measure-backend.js';
export { measuredStep } from './node/backends/measure-step.js';
export { type BackendTrial, tryBackend } from './node/backends/try-backend.js';
export { openSplitData, type SplitData, type SplitDataOptions } from './node/data/open-split-data.js';
export { trainingScene } from './node/data/training-scene.js';
export { featureFolder } from './node/features/feature-folder.js';
export {
  type CheckpointFile,
  CheckpointFileError,
  type CheckpointFileOptions,
  readCheckpointFile,
} from './node/run/checkpoint-file.js';
export { loadCheckpoint } from './node/run/load-checkpoint.js';
export { findModel, type LoadedModel, loadModel, loadNetwork, type ModelPlace } from './node/run/load-model.js';
export { readRunLog } from './node/run/read-run-log.js';
export { readRunSummary } from './node/run/read-run-summary.js';
export { type ResumedRun, resumeRun } from './node/run/resume-run.js';
export { type RunConfig, readRunConfig } from './node/run/run-config.js';
export { openRunFolder, type RunFolder, runFolder } from './node/run/run-folder.js';
export type { RunOptions } from './node/run/run-options.js';
export { runScene } from './node/run/run-scene.js';
export { type StartRunOptions, startRun } from './node/run/start-run.js';
export { type StreamSourceOptions, streamSource } from './node/source/stream-source.js';
export type { RunSummary } from './run/run-summary.js';
