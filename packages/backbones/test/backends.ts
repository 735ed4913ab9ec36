import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { loadNativeBackend } from '../../../tests/load-native-backend.js';

/**
 * Backends to test on: cpu and wasm, and the native one ('tensorflow') where tfjs-node is installed, here or in the folder that
 * the environment variable KANRECON_TFJS_NODE names (see scripts/install-tfjs-node.sh).
 */
export const backends = ['cpu', 'wasm', ...(loadNativeBackend() ? ['tensorflow'] : [])];

export async function useBackend(name: string): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`useBackend: ${name} did not start`);
  await ready();
}
