import '@tensorflow/tfjs-backend-wasm';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { setBackend } from '@tensorflow/tfjs-core';

/** The networks train some ten times faster on the WASM backend than on the plain one. */
export async function useWasmTraining(): Promise<void> {
  await setBackend('wasm');
  await enableWasmTraining();
}
