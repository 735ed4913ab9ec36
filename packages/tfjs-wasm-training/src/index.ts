export { type ConcatConv2dOptions, type ConvolutionBranch, concatConv2d } from './concat-conv2d.js';
export { disableWasmTraining, enableWasmTraining, type WasmTrainingInfo } from './enable-wasm-training.js';
export { type FireWeights, fire } from './fire.js';
export { ADAM_W_DEFAULTS, type AdamWParameter, type AdamWStepOptions, fusedAdamWStep } from './fused-adam-w-step.js';
export { fusedApply } from './fused-apply.js';
export {
  type FusedBatchNormOptions,
  type FusedBatchNormResult,
  fusedBatchNorm,
  type NormActivation,
} from './fused-batch-norm.js';
export { type FusedConv2dOptions, fusedConv2d } from './fused-conv2d.js';
export { fusedPredict } from './fused-predict.js';
export { leanVariableGrads } from './lean-variable-grads.js';
export { type SqueezeExciteWeights, squeezeExcite } from './squeeze-excite.js';
