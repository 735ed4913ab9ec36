import type { ImageSlope } from './image-slopes.js';
import type { Level } from './level.js';
import { robustWeights } from './robust-weights.js';

/** A fit's information and gradient, by direction. */
export interface NormalEquations {
  /** JᵀWJ, n × n. */
  readonly matrix: Float64Array;
  /** JᵀWr. */
  readonly right: Float64Array;
}

/**
 * JᵀWJ and JᵀWr; W are the weights, less where Cauchy's loss says so.
 *
 * @param slopes along any ways; what they do not span has no information
 * @param n directions
 */
export function normalEquations(
  level: Level,
  pixels: Float32Array,
  slopes: readonly ImageSlope[],
  n: number,
): NormalEquations {
  const weights = robustWeights(level, pixels);
  const matrix = new Float64Array(n * n);
  const row = new Float32Array(pixels.length);
  for (const [a, one] of slopes.entries()) {
    for (let i = 0; i < row.length; i++) row[i] = one.pixels[i]! * weights[i]!;
    for (const [b, other] of slopes.slice(0, a + 1).entries()) {
      let product = 0;
      for (let i = 0; i < row.length; i++) product += row[i]! * other.pixels[i]!;
      addOuter(matrix, one.way, other.way, product);
      if (b < a) addOuter(matrix, other.way, one.way, product);
    }
  }
  return { matrix, right: gradient(level, pixels, slopes, n) };
}

/** JᵀWr alone: what is left, seen along slopes that were taken before. */
export function gradient(level: Level, pixels: Float32Array, slopes: readonly ImageSlope[], n: number): Float64Array {
  const residual = robustWeights(level, pixels);
  for (let i = 0; i < residual.length; i++) residual[i]! *= level.target[i]! - pixels[i]!;
  const right = new Float64Array(n);
  for (const { way, pixels: column } of slopes) {
    let sum = 0;
    for (let i = 0; i < residual.length; i++) sum += column[i]! * residual[i]!;
    for (let i = 0; i < n; i++) right[i]! += sum * way[i]!;
  }
  return right;
}

/** matrix += product · a bᵀ */
function addOuter(matrix: Float64Array, a: Float64Array, b: Float64Array, product: number): void {
  const n = a.length;
  for (let i = 0; i < n; i++) {
    if (a[i] === 0) continue;
    for (let j = 0; j < n; j++) matrix[i * n + j]! += product * a[i]! * b[j]!;
  }
}
