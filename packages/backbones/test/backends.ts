import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { ready, setBackend } from '@tensorflow/tfjs-core';

/**
 * Backends to test on: cpu and wasm, and the native one ('tensorflow') where tfjs-node is installed, here or in the folder that
 * the environment variable KANRECON_TFJS_NODE names (see scripts/install-tfjs-node.sh).
 */
export const backends = ['cpu', 'wasm', ...(loadNativeBackend() ? ['tensorflow'] : [])];

function loadNativeBackend(): boolean {
  // Node.js 23 and later no longer have these two, which tfjs-node needs.
  const legacy = util as unknown as Record<string, unknown>;
  legacy['isNullOrUndefined'] ??= (value: unknown) => value == null;
  legacy['isArray'] ??= Array.isArray;
  const folder = process.env['KANRECON_TFJS_NODE'];
  const require = createRequire(folder ? join(folder, 'package.json') : import.meta.url);
  try {
    require.resolve('@tensorflow/tfjs-node');
  } catch {
    return false;
  }
  require('@tensorflow/tfjs-node');
  return true;
}

export async function useBackend(name: string): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`useBackend: ${name} did not start`);
  await ready();
}
