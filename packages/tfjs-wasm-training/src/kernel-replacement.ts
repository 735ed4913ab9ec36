import type { GradConfig, KernelFunc } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from './kernel-runtime.js';

/** A kernel this package registers for the 'wasm' backend. */
export interface KernelReplacement {
  kernelName: string;
  /** @param stock the backend's own kernel, for what the new one does not cover; missing where the backend has none */
  create(runtime: KernelRuntime, stock: KernelFunc | undefined): KernelFunc;
}

/** A gradient this package registers. tfjs keeps gradients for all backends together, so each must pass others on to `stock`. */
export interface GradientReplacement {
  kernelName: string;
  create(stock: GradConfig): GradConfig;
}
