export { backboneNames, WeightFileError, WeightMismatchError } from '@kanrecon/backbones';
export { type FitImageOptions, fitImage, type InputImage } from '@kanrecon/image';
export {
  CheckpointError,
  type CheckpointErrorCode,
} from './checkpoint/checkpoint-error.js';
export { type FetchReconstructorOptions, fetchReconstructor } from './checkpoint/fetch-reconstructor.js';
export { type FromArtifactsOptions, fromArtifacts, type LoadedReconstructor } from './checkpoint/from-artifacts.js';
export type { JsonValue } from './checkpoint/json-value.js';
export type { DataSummary, OptimizerHeader } from './checkpoint/manifest-schema.js';
export { fromModelFile, toModelFile } from './checkpoint/model-file.js';
export { type ModelFilePaths, modelFilePaths } from './checkpoint/model-file-paths.js';
export type {
  ManifestWeight,
  ModelJson,
  ReconstructorArtifacts,
  ReconstructorManifest,
} from './checkpoint/reconstructor-artifacts.js';
export { sha256 } from './checkpoint/sha256.js';
export { type ToArtifactsOptions, toArtifacts } from './checkpoint/to-artifacts.js';
export { type DescribeNetworkOptions, describeNetwork } from './export/describe-network.js';
export { fromSafetensors, isReconstructorFile } from './export/from-safetensors.js';
export { toLayersModel } from './export/to-layers-model.js';
export { toSafetensors } from './export/to-safetensors.js';
export { gaussianEstimate, gaussianLogVariance } from './heads/gaussian-estimate.js';
export { type HeadType, headTypes, uncertainties } from './heads/head-names.js';
export type { DecodedTargets, HeadLayerOptions, HeadOutputs, HeadSpec } from './heads/head-spec.js';
export { headByName, headTable } from './heads/head-table.js';
export { pointEstimate } from './heads/point-estimate.js';
export { type ImportCheckpointOptions, importCheckpoint } from './import/import-checkpoint.js';
export { type BegunFrom, beginFrom, type NamedWeight } from './network/begin-from.js';
export { type CreateReconstructorOptions, createReconstructor } from './network/create-reconstructor.js';
export { deriveSeed } from './network/derive-seed.js';
export { computeFeatures, featureSize, predictFromFeatures } from './network/features.js';
export { modelByName, type NamedModel } from './network/model-by-name.js';
export type { ModelCard } from './network/model-card.js';
export { NonFinitePredictionError } from './network/non-finite-prediction-error.js';
export {
  type PredictBatchOptions,
  type Prediction,
  type PredictOptions,
  Reconstructor,
  type ReconstructorParts,
} from './network/reconstructor.js';
export {
  type HeadConfig,
  type PartialReconstructorConfig,
  parseReconstructorConfig,
  type ReconstructorConfig,
  reconstructorConfigSchema,
  reconstructorDefaults,
} from './network/reconstructor-config.js';
export { reconstructorName } from './network/reconstructor-name.js';
export { type StudyModel, studyModels } from './network/study-models.js';
export {
  AdamW,
  type AdamWOptions,
  type AdamWPlacement,
  type AdamWSlot,
  type AdamWState,
} from './optimization/adamw.js';
export type { AdamWHyperparameters, WeightDecayExempt } from './optimization/adamw-hyperparameters.js';
export type { AdamWStepSettings, FusedAdamWStep } from './optimization/adamw-moments.js';
export { type CosineDecayOptions, cosineDecay } from './optimization/cosine-decay.js';
export { type BatchEvaluation, evaluateBatch } from './optimization/evaluate-batch.js';
export type { LearningRateSchedule } from './optimization/learning-rate-schedule.js';
export { NonFiniteLossError } from './optimization/non-finite-loss-error.js';
export { type OneCycleOptions, oneCycle } from './optimization/one-cycle.js';
export { type RecomputeStatisticsOptions, recomputeStatistics } from './optimization/recompute-statistics.js';
export { type StepDecayOptions, stepDecay } from './optimization/step-decay.js';
export { type TrainStepOptions, trainHeadStep, trainStep } from './optimization/train-step.js';
export { type NormalizeImagesOptions, normalizeImages } from './preprocessing/normalize-images.js';
export { denormalizeTargets, normalizeTargets } from './targets/scale-targets.js';
export { type Target, targetSchema, targetsSchema } from './targets/target.js';
