import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainPath from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url';
import simdPath from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url';
import { env, setBackend } from '@tensorflow/tfjs-core';
import { ViewerError } from '../image/viewer-error.js';

let starting: Promise<void> | undefined;

/** Starts TensorFlow.js on its WASM backend, once, with one thread: what is predicted here takes milliseconds. */
export function startTensorflow(): Promise<void> {
  starting ??= start();
  return starting;
}

async function start(): Promise<void> {
  // Its build with threads is not shipped; it would need a page that is isolated from all others.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const absolute = (path: string) => new URL(path, self.location.href).href;
  setWasmPaths({
    'tfjs-backend-wasm.wasm': absolute(plainPath),
    'tfjs-backend-wasm-simd.wasm': absolute(simdPath),
    // Never asked for, but expected to be named.
    'tfjs-backend-wasm-threaded-simd.wasm': absolute(simdPath),
  });
  if (!(await setBackend('wasm'))) {
    throw new ViewerError(
      'This browser cannot run WebAssembly, which the networks need; use a current Firefox, Chrome, Edge or Safari.',
    );
  }
}
