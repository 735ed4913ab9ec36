import type { KernelFunc } from '@tensorflow/tfjs-core';

/**
 * The backend's own kernel, for a case that the new one leaves to it.
 *
 * @throws if the backend has none: the message names the case
 */
export function requireStock(kernelName: string, stock: KernelFunc | undefined, missing: string): KernelFunc {
  if (stock) return stock;
  throw new Error(
    `${kernelName}: not supported on the WASM backend: ${missing}; expected float32 tensors in NHWC layout, or run this step on another backend.`,
  );
}
