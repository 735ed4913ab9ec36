import type { SurfaceParameter } from '@kanrecon/geometry';
import type { FollowedDirections, ParameterVisibility, SmallestChange } from './identifiability-result.js';
import type { Invariance } from './invariance.js';
import type { Measurements } from './measure-draws.js';
import { median } from './median.js';
import { smallestChanges } from './smallest-changes.js';

/** What an image can just hold, and what an eye can see, in 1/255. */
const levels = [1, 8];

/** What else is known of the parameters. */
export interface KnownDirections {
  /** Indices of the parameters that leave no trace. */
  readonly invisible: readonly number[];
  readonly invariances: readonly Invariance[];
  /** What has no name. */
  readonly followed: readonly FollowedDirections[];
  /** Directions that are lost in the noise. */
  readonly lost: number;
}

/** How each parameter shows, over all draws; renders more of them. */
export function parameterVisibility(
  parameters: readonly SurfaceParameter[],
  { draws, endChanges }: Measurements,
  { invisible, invariances, followed, lost }: KnownDirections,
): ParameterVisibility[] {
  const k = parameters.length;
  return parameters.map(({ name, unit, min, max }, index) => {
    const leavesNone = invisible.includes(index);
    const takesPart = (verdict: FollowedDirections['verdict']) =>
      followed.some((group) => group.verdict === verdict && group.parameters.includes(name));
    const tied = invariances.some(({ terms }) => terms.some((term) => term.index === index)) || takesPart('invisible');
    const undecided = lost > 0 || takesPart('undecided');
    const shares = leavesNone ? [] : draws.map((draw) => smallestChanges(draw, index, { min, max }, levels));
    const [smallestChange, smallestSeenChange] = levels.map((_, i) =>
      overDraws(
        shares.map((ofDraw) => ofDraw[i]),
        max - min,
      ),
    );
    return {
      name,
      unit,
      min,
      max,
      verdict: leavesNone ? 'invisible' : tied ? 'tied' : undecided ? 'undecided' : 'visible',
      largestChange: endChanges[index],
      columnNorm:
        draws.reduce((sum, { jacobian }) => sum + Math.sqrt(jacobian.gram[index * k + index]), 0) / draws.length,
      smallestChange,
      smallestSeenChange,
    };
  });
}

function overDraws(shares: readonly number[], range: number): SmallestChange {
  const known = (share: number, by: number) => (Number.isFinite(share) ? share * by : null);
  const middle = shares.length > 0 ? median(shares) : Number.POSITIVE_INFINITY;
  const worst = shares.length > 0 ? Math.max(...shares) : Number.POSITIVE_INFINITY;
  return {
    median: known(middle, range),
    worst: known(worst, range),
    medianShare: known(middle, 1),
    worstShare: known(worst, 1),
  };
}
