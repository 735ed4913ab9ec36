import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { readFileSync } from 'node:fs';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { loadNativeBackend } from '../../../tests/load-native-backend.js';
import type { Golden } from './golden-layers.js';

export type { Golden } from './golden-layers.js';
export { relativeError, toTensor } from './numbers.js';

/** Every check of numbers runs on each: the third is tfjs-node, where it is installed (see scripts/install-tfjs-node.sh). */
export const backends = ['cpu', 'wasm', ...(loadNativeBackend() ? ['tensorflow'] : [])];

export async function useBackend(name: string): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`useBackend: ${name} did not start`);
  await ready();
}

export function golden(name: string): Golden {
  return JSON.parse(readFileSync(new URL(`./golden/${name}.json`, import.meta.url), 'utf8'));
}
