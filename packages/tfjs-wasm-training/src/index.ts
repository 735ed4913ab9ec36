export { disableWasmTraining, enableWasmTraining, type WasmTrainingInfo } from './enable-wasm-training.js';
