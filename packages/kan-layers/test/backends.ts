import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers';
import { readFileSync } from 'node:fs';
import { disableWasmTraining, enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { loadNativeBackend } from '../../../tests/load-native-backend.js';
import type { Golden } from './golden-layers.js';

export type { Golden } from './golden-layers.js';
export { relativeError, toTensor } from './numbers.js';

/** WASM with the kernels of @kanrecon/tfjs-wasm-training, among them fused ones for these layers. */
const wasmTraining = 'wasm with training kernels';

/** Every check of numbers runs on each: the last is tfjs-node, where it is installed (see scripts/install-tfjs-node.sh). */
export const backends = ['cpu', 'wasm', wasmTraining, ...(loadNativeBackend() ? ['tensorflow'] : [])];

export async function useBackend(name: string): Promise<void> {
  const backend = name === wasmTraining ? 'wasm' : name;
  if (!(await setBackend(backend))) throw new Error(`useBackend: ${name} did not start`);
  await ready();
  if (name === wasmTraining) await enableWasmTraining();
  else disableWasmTraining();
}

export function golden(name: string): Golden {
  return JSON.parse(readFileSync(new URL(`./golden/${name}.json`, import.meta.url), 'utf8'));
}
