import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers';
import { readFileSync } from 'node:fs';
import { disableWasmTraining, enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { ready, setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { loadNativeBackend } from '../../../tests/load-native-backend.js';
import type { TorchArray, TorchStateDict } from '../src/index.js';

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

/** A file of test/golden: one layer of the PyTorch reference with its output and gradients. */
export interface Golden {
  layer: string;
  config: Record<string, never>;
  input: TorchArray;
  weights: TorchStateDict;
  buffers: TorchStateDict;
  output: TorchArray;
  cotangent: TorchArray;
  /** Absent where the reference's gradients are wrong. */
  inputGradient?: TorchArray;
  gradients: TorchStateDict;
  updateGrid: Record<'grid' | 'splineWeight' | 'samples' | 'outputBefore' | 'outputAfter', TorchArray>;
}

export function golden(name: string): Golden {
  return JSON.parse(readFileSync(new URL(`./golden/${name}.json`, import.meta.url), 'utf8'));
}

export function toTensor({ shape, data }: TorchArray): Tensor {
  return tensor(Float32Array.from(data), [...shape], 'float32');
}

/** Largest difference, relative to the largest expected number. */
export function relativeError(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let size = 1e-30;
  for (let i = 0; i < got.length; i++) {
    // Written so that NaN counts as infinitely wrong.
    const error = Math.abs(got[i]! - expected[i]!);
    difference = Math.max(difference, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
    size = Math.max(size, Math.abs(expected[i]!));
  }
  return difference / size;
}
