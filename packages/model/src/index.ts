export { backboneNames } from '@kanrecon/backbones';
export { type FitImageOptions, fitImage, type InputImage as RgbImage } from '@kanrecon/image';
export {
  AdamW,
  type AdamWHyperparameters,
  type AdamWOptions,
  type AdamWPlacement,
  type AdamWSlot,
  type AdamWState,
  type WeightDecayExempt,
} from './adamw.js';
export type { AdamWStepSettings, FusedAdamWStep } from './adamw-moments.js';
export { CheckpointError } from './checkpoint-error.js';
export { type CosineDecayOptions, cosineDecay } from './cosine-decay.js';
export { type CreateReconstructorOptions, createReconstructor } from './create-reconstructor.js';
export { deriveSeed } from './derive-seed.js';
export { type BatchEvaluation, evaluateBatch } from './evaluate-batch.js';
export { type FromArtifactsOptions, fromArtifacts, type LoadedReconstructor } from './from-artifacts.js';
export type { LearningRateSchedule } from './learning-rate-schedule.js';
export { NonFiniteLossError } from './non-finite-loss-error.js';
export { type NormalizeImagesOptions, normalizeImages } from './normalize-images.js';
export { type OneCycleOptions, oneCycle } from './one-cycle.js';
export { type PredictBatchOptions, type Prediction, type PredictOptions, Reconstructor } from './reconstructor.js';
export type {
  DataSummary,
  JsonValue,
  ModelJson,
  ReconstructorArtifacts,
  ReconstructorManifest,
} from './reconstructor-artifacts.js';
export {
  type HeadConfig,
  type HeadType,
  headTypes,
  type PartialReconstructorConfig,
  parseReconstructorConfig,
  type ReconstructorBackbone,
  type ReconstructorConfig,
  reconstructorConfigSchema,
  reconstructorDefaults,
} from './reconstructor-config.js';
export { reconstructorName } from './reconstructor-name.js';
export { type StepDecayOptions, stepDecay } from './step-decay.js';
export { type StudyModel, studyModels } from './study-models.js';
export { type ToArtifactsOptions, toArtifacts } from './to-artifacts.js';
export { type TrainStepOptions, trainStep } from './train-step.js';
