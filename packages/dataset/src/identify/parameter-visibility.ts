import type { SurfaceParameter } from '@kanrecon/geometry';
import type { ParameterVisibility, SmallestChange } from './identifiability-result.js';
import type { ImageJacobian } from './image-jacobian.js';
import type { InvisibleLaw } from './invisible-law.js';

/** How each parameter shows, over all draws. */
export function parameterVisibility(
  parameters: readonly SurfaceParameter[],
  jacobians: readonly Pick<ImageJacobian, 'largest'>[],
  endChanges: ArrayLike<number>,
  invisible: readonly number[],
  laws: readonly InvisibleLaw[],
): ParameterVisibility[] {
  return parameters.map(({ name, unit, min, max }, index) => {
    // Shares of the range that move the most sensitive byte by 1/255.
    const shares = jacobians.map(({ largest }) => 1 / largest[index]).sort((a, b) => a - b);
    const tied = laws.some(({ terms }) => terms.some((term) => term.index === index));
    return {
      name,
      unit,
      min,
      max,
      verdict: invisible.includes(index) ? 'invisible' : tied ? 'tied' : 'visible',
      largestChange: endChanges[index],
      smallestChange: smallestChange(shares, max - min, 1),
      smallestSeenChange: smallestChange(shares, max - min, 8),
    };
  });
}

function smallestChange(shares: readonly number[], range: number, bytes: number): SmallestChange {
  const scaled = (share: number, by: number) => (Number.isFinite(share) ? share * bytes * by : null);
  const median = shares[Math.floor((shares.length - 1) / 2)];
  const worst = shares[shares.length - 1];
  return {
    median: scaled(median, range),
    worst: scaled(worst, range),
    medianShare: scaled(median, 1),
    worstShare: scaled(worst, 1),
  };
}
