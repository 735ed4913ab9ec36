import * as tf from '@tensorflow/tfjs-core';
import type { BackendSpec } from './backend-spec.js';
import { quietImport } from './quiet-import.js';

/** TensorFlow.js' WebAssembly backend with this project's training kernels. */
export const wasmBackend: BackendSpec = {
  name: 'wasm',
  about: 'WebAssembly with training kernels; comes with the program',
  howToGet: 'it comes with the program',
  find: () => ({ usable: true, detail: 'comes with the program' }),
  async activate() {
    await quietImport(() => import('@tensorflow/tfjs-backend-wasm'));
    const { enableWasmTraining } = await import('@kanrecon/tfjs-wasm-training');
    if (!(await tf.setBackend('wasm'))) throw new Error('the WebAssembly backend could not be initialised');
    const { relaxedSimd } = await enableWasmTraining();
    return `WebAssembly, ${relaxedSimd ? 'relaxed SIMD' : 'SIMD'}`;
  },
};
