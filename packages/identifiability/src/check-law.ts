import { describeLaw } from './describe-law.js';
import { placesBetween } from './end-changes.js';
import type { CheckedInvariance } from './identifiability-result.js';
import { largestChange } from './image-function.js';
import { type Invariance, invarianceInterval, moveAlong, type ParameterRange } from './invariance.js';
import type { MeasuredDraw } from './measure-draws.js';
import { median } from './median.js';
import { takeTurn } from './take-turn.js';

/**
 * Whether images really stay the same along a law: every draw is rendered moved along it as far as the ranges allow, and
 * to places in between.
 *
 * @param tolerance images are the same if no byte differs by more than this
 * @returns undefined if one image changes
 */
export async function checkLaw(
  law: Invariance,
  draws: readonly Pick<MeasuredDraw, 'at' | 'image' | 'base'>[],
  ranges: readonly ParameterRange[],
  tolerance: number,
  signal?: AbortSignal,
): Promise<CheckedInvariance | undefined> {
  const spans: number[] = [];
  let largest = 0;
  for (const [draw, { at, image, base }] of draws.entries()) {
    await takeTurn(signal);
    const [from, to] = invarianceInterval(law, at, ranges);
    for (const t of [from, to, ...placesBetween(draw).map((share) => from + share * (to - from))]) {
      if (Number.isFinite(t)) largest = Math.max(largest, largestChange(base, image(moveAlong(law, at, t))));
      if (largest > tolerance) return undefined;
    }
    spans.push(to - from);
  }
  return { ...law, text: describeLaw(law), largestChange: largest, span: median(spans) };
}
