import { solveDamped } from '../refine/solve-damped.js';

/** A shape as it was known before an image was fitted, such as a network's answer; scaled to [0, 1]. */
export interface ShapeBefore {
  readonly shape: ArrayLike<number>;
  /** Standard deviations. */
  readonly spread: ArrayLike<number>;
}

/** It is not believed to be surer of itself, in ranges. */
const leastSpread = 0.04;

/**
 * The mean of what a fit and what was known before say together, each weighted by how sure it is (the product of two normal distributions), for images so spoiled
 * that a fit says little more. Of 12 `observable` images as JPEG of quality 60, it brought the twist's error from .11 of its range, more than the start's, to .06.
 *
 * @param found scaled to [0, 1]
 * @param information n × n, of the fit, in the directions' units
 * @param prior precision by direction; takes in what was known before
 * @param indices by direction of the shape, which come first: its parameter
 * @param unit of these directions, in ranges
 */
export function withBefore(
  found: Float64Array,
  before: ShapeBefore,
  information: Float64Array,
  prior: Float64Array,
  indices: readonly number[],
  unit: number,
): Float64Array {
  const right = new Float64Array(prior.length);
  for (const [i, index] of indices.entries()) {
    prior[i] = (unit / Math.max(leastSpread, before.spread[index]!)) ** 2;
    right[i] = (prior[i]! * (before.shape[index]! - found[index]!)) / unit;
  }
  const step = solveDamped(information, prior, right, new Array<boolean>(prior.length).fill(false));
  const mean = found.slice();
  if (!step) return mean;
  for (const [i, index] of indices.entries()) mean[index] = Math.min(1, Math.max(0, mean[index]! + unit * step[i]!));
  return mean;
}
