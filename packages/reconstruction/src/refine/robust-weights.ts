import type { Level } from './level.js';

/** By value: its weight, less where Cauchy's loss says so. */
export function robustWeights({ target, weights, outlier }: Level, pixels: Float32Array): Float32Array {
  return weights.map((weight, i) => weight / (1 + ((target[i]! - pixels[i]!) ** 2 * weight) / (outlier * outlier)));
}
