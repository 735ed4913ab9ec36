import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { normal } from '../random-normal.js';

/**
 * A standard normal number between two ends, which may be infinite. By rejection: from the normal distribution where the ends leave much of it, from a
 * uniform one between ends that are near each other, from an exponential one in a tail (C. P. Robert, Simulation of truncated normal
 * variables, 1995).
 *
 * @param low below `high`; where it is not, the nearer end comes back
 */
export function truncatedNormal(random: RandomGenerator, low: number, high: number): number {
  if (!(low < high)) return Math.abs(low) < Math.abs(high) ? low : high;
  if (low > 0) return positiveTail(random, low, high);
  if (high < 0) return -positiveTail(random, -high, -low);
  if (high - low < 2.5) return byUniform(random, low, high, 0);
  for (;;) {
    const value = normal(random);
    if (value >= low && value <= high) return value;
  }
}

/** Between 0 < low < high. */
function positiveTail(random: RandomGenerator, low: number, high: number): number {
  const rate = (low + Math.sqrt(low * low + 4)) / 2;
  if (high - low < 2 / rate) return byUniform(random, low, high, low);
  for (;;) {
    const value = low - Math.log1p(-uniformFloat64(random)) / rate;
    if (value <= high && uniformFloat64(random) < Math.exp(-0.5 * (value - rate) ** 2)) return value;
  }
}

/** @param top where the density is greatest between the ends */
function byUniform(random: RandomGenerator, low: number, high: number, top: number): number {
  for (;;) {
    const value = low + (high - low) * uniformFloat64(random);
    if (uniformFloat64(random) < Math.exp(0.5 * (top * top - value * value))) return value;
  }
}
