import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** A standard normal number, by Box and Muller. */
export function normal(random: RandomGenerator): number {
  const radius = Math.sqrt(-2 * Math.log1p(-uniformFloat64(random)));
  return radius * Math.cos(2 * Math.PI * uniformFloat64(random));
}
