import { engine, getBackend } from '@tensorflow/tfjs-core';

/**
 * Whether the kernels of this package may compute a gradient: on the WASM backend, and unless the gradient itself is
 * being recorded for a second derivative, which only the stock gradients, made of differentiable operations, have.
 */
export function canReplaceGradient(): boolean {
  return getBackend() === 'wasm' && !engine().isTapeOn();
}
