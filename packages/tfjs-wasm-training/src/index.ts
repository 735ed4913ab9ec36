export { disableWasmTraining, enableWasmTraining, type WasmTrainingInfo } from './enable-wasm-training.js';
export { ADAM_W_DEFAULTS, type AdamWParameter, type AdamWStepOptions, fusedAdamWStep } from './fused-adam-w-step.js';
export { leanVariableGrads } from './lean-variable-grads.js';
