import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { TorchArray } from '../src/index.js';

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
