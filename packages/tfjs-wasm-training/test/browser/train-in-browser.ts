import * as wasm from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { enableWasmTraining } from '../../src/index.js';
import { trainSmallNetwork } from '../small-network.js';

/** What a page or a worker tells the test. */
export interface BrowserResult {
  losses: number[];
  relaxedSimd: boolean;
  /** Whether tfjs' multi-threaded build ran. */
  sharedMemory: boolean;
  threads: number;
}

/** Trains on the WASM backend, set up as a user would. */
export async function trainInBrowser(): Promise<BrowserResult> {
  // Absolute: a worker resolves against its own script.
  wasm.setWasmPaths(`${self.location.origin}/`);
  // tfjs takes half the cores at most; this makes it take two threads on machines with two or three.
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 });
  wasm.setThreadsCount(2);
  const { relaxedSimd } = await enableWasmTraining();
  await tf.setBackend('wasm');
  const losses = await trainSmallNetwork();
  const { buffer } = (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8;
  const sharedMemory = typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;
  return { losses, relaxedSimd, sharedMemory, threads: wasm.getThreadsCount() };
}
