import { checkedIntervals } from './checked-intervals.js';
import { coverageOf, type IntervalCoverage } from './interval-coverage.js';

/** The coverage of intervals of similar width. */
export interface WidthGroup extends IntervalCoverage {
  /** The narrowest and the widest interval of the group. */
  readonly minWidth: number;
  readonly maxWidth: number;
}

/**
 * The coverage of intervals in groups by width, narrow ones first: intervals may hold 90 % of the truths in all and yet be too narrow
 * where they are narrow, and too wide where they are wide.
 *
 * Groups are of equal size, or differ by one: the samples, sorted by width, are cut at round(k·n/groups). Intervals of the same width are never
 * parted, all of them go to the group in which the first one falls; with many ties groups differ in size, and there may be fewer.
 *
 * @param truths n numbers
 * @param lower n lower ends
 * @param upper n upper ends
 * @param groups a whole number from 1 to n
 * @throws if lengths differ, a number is not finite, there is no sample, a lower end lies above its upper one, or `groups` is out of range
 */
export function coverageByWidth(
  truths: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  groups: number,
): readonly WidthGroup[] {
  const { widths, inside } = checkedIntervals(truths, lower, upper, 'coverageByWidth');
  const samples = widths.length;
  if (!Number.isInteger(groups) || groups < 1 || groups > samples) {
    throw new Error(
      `coverageByWidth: groups is wrong; expected a whole number from 1 to ${samples}, one per sample at most, got ${groups}`,
    );
  }
  const order = Uint32Array.from(widths, (_, i) => i).sort((a, b) => widths[a] - widths[b] || a - b);
  const found: WidthGroup[] = [];
  let from = 0;
  for (let group = 1; group <= groups; group++) {
    let to = Math.max(from, Math.round((group * samples) / groups));
    while (to > 0 && to < samples && widths[order[to]] === widths[order[to - 1]]) to++;
    if (to === from) continue;
    const members = order.subarray(from, to);
    const [minWidth, maxWidth] = [widths[members[0]], widths[members[members.length - 1]]];
    const pick = {
      widths: Float64Array.from(members, (i) => widths[i]),
      inside: Uint8Array.from(members, (i) => inside[i]),
    };
    found.push({ ...coverageOf(pick), minWidth, maxWidth });
    from = to;
  }
  return found;
}
