import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { type Invariance, moveAlong, type ParameterRange } from './invariance.js';
import { lawPosteriors, posteriorTime } from './law-posterior.js';

/** Steps of a chain: one along each law. */
const steps = 400;

/**
 * Adds to sums of squared and absolute deviations from the posterior's means and medians where several invariances share parameters, by a
 * Gibbs sampler: again and again the object is moved along each law to a time drawn from that law's own posterior. The object itself
 * is a draw from the posterior, so the chain is stationary from its first step; its first quarter is left out all the same, for the
 * estimate must not know the object.
 *
 * @param squares receives the mean squared deviation at the invariances' indices, in units
 * @param sizes receives the mean absolute deviation
 */
export function sampledPosterior(
  invariances: readonly Invariance[],
  at: Float64Array,
  ranges: readonly ParameterRange[],
  random: RandomGenerator,
  squares: Float64Array,
  sizes: Float64Array,
): void {
  const indices = [...new Set(invariances.flatMap(({ terms }) => terms.map(({ index }) => index)))];
  const kept = indices.map(() => new Float64Array(steps));
  const chain = invariances.map((law) => ({ law, posteriorAt: lawPosteriors(law, ranges) }));
  let here = at;
  for (let step = -steps / 4; step < steps; step++) {
    for (const { law, posteriorAt } of chain) {
      here = moveAlong(law, here, posteriorTime(posteriorAt(here), uniformFloat64(random)));
    }
    if (step >= 0) for (const [i, index] of indices.entries()) kept[i][step] = here[index];
  }
  for (const [i, index] of indices.entries()) {
    const values = kept[i].sort();
    const mean = values.reduce((sum, value) => sum + value, 0) / steps;
    const median = (values[steps / 2 - 1] + values[steps / 2]) / 2;
    squares[index] += values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / steps;
    sizes[index] += values.reduce((sum, value) => sum + Math.abs(value - median), 0) / steps;
  }
}
