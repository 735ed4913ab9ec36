export { backboneByName } from './backbone-by-name.js';
export type { BackboneEntry } from './backbone-entry.js';
export { type BackboneName, type BackboneNames, backboneNames } from './backbone-names.js';
export type { BackboneOptions } from './backbone-options.js';
export { type Backbone, createBackbone } from './create-backbone.js';
export { efficientNetB0 } from './efficient-net-b0.js';
export { efficientNetB1 } from './efficient-net-b1.js';
export { efficientNetB2 } from './efficient-net-b2.js';
export { efficientNetB3 } from './efficient-net-b3.js';
export { efficientNetB4 } from './efficient-net-b4.js';
export { efficientNetLite0 } from './efficient-net-lite0.js';
export { type EfficientNetStage, efficientNetB0Stages } from './efficient-net-stages.js';
export type { FeatureMap } from './feature-map.js';
export { freeze } from './freeze.js';
export { loadTorchWeights } from './load-torch-weights.js';
export { type MobileNetBlock, mobileNetV3SmallBlocks } from './mobile-net-stages.js';
export { mobileNetV3Small } from './mobile-net-v3-small.js';
export { imageNetNormalization, type Normalization, studyNormalization } from './normalization.js';
export { type CreatePretrainedOptions, createPretrained } from './pretrained/create-pretrained.js';
export { type FetchPretrainedOptions, fetchPretrained } from './pretrained/fetch-pretrained.js';
export type { PretrainedBackbone, PretrainedBackboneOptions } from './pretrained/load-pretrained.js';
export { PretrainedError } from './pretrained/pretrained-error.js';
export type { PretrainedFile, PretrainedRequest } from './pretrained/pretrained-request.js';
export {
  type PretrainedWeights,
  pretrainedBackbones,
  pretrainedWeights,
  type WeightsName,
  weightsNames,
} from './pretrained/pretrained-weights.js';
export { setTrainable } from './set-trainable.js';
export { smallCnn } from './small-cnn.js';
export { type SmallCnnStage, smallCnnStages } from './small-cnn-stages.js';
export { squeezeNet10 } from './squeeze-net-10.js';
export { squeezeNet11 } from './squeeze-net-11.js';
export { type SqueezeNetStage, squeezeNet10Stages, squeezeNet11Stages } from './squeeze-net-stages.js';
export { stageOutputNames } from './stage-output-names.js';
export type { TorchTensor } from './torch-tensor.js';
export { torchWeightNames } from './torch-weight-names.js';
export { type UnfreezeOptions, unfreeze } from './unfreeze.js';
export type { ElementType } from './weights/element-types.js';
export { type LoadedWeights, type LoadWeightsOptions, loadWeights, type WeightSource } from './weights/load-weights.js';
export { readSafetensors, readSafetensorsMetadata } from './weights/read-safetensors.js';
export { type ReadTorchCheckpointOptions, readTorchCheckpoint } from './weights/read-torch-checkpoint.js';
export { readWeights } from './weights/read-weights.js';
export { type SaveSafetensorsOptions, saveSafetensors } from './weights/save-safetensors.js';
export { StoredTensor, type TensorPlace, type TensorStorage } from './weights/stored-tensor.js';
export type { TensorList } from './weights/tensor-list.js';
export type { TfjsFiles } from './weights/tfjs-tensors.js';
export { WeightFileError } from './weights/weight-file-error.js';
export { type ShapeMismatch, type WeightMismatch, WeightMismatchError } from './weights/weight-mismatch-error.js';
export type { WeightNaming } from './weights/weight-naming.js';
export { writeSafetensors } from './weights/write-safetensors.js';
