import { checkedIntervals } from './checked-intervals.js';
import { compensatedSum } from './compensated-sum.js';
import { wilsonInterval } from './wilson-interval.js';

/** How many truths lie in their intervals. */
export interface IntervalCoverage {
  /** Share of truths inside, ends included. */
  readonly coverage: number;
  /** Wilson's interval of that share at 95 %: what the number of samples can tell of it. */
  readonly lower: number;
  readonly upper: number;
  /** Number of samples. */
  readonly samples: number;
  /** Mean of upper − lower ends. */
  readonly meanWidth: number;
}

/**
 * The share of truths that lie in their intervals [lower, upper], ends included. Intervals that promise 90 % should hold 90 % of the
 * truths, within Wilson's interval of that share.
 *
 * @param truths n numbers
 * @param lower n lower ends
 * @param upper n upper ends
 * @throws if lengths differ, a number is not finite, there is no sample, or a lower end lies above its upper one
 */
export function intervalCoverage(
  truths: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
): IntervalCoverage {
  return coverageOf(checkedIntervals(truths, lower, upper, 'intervalCoverage'));
}

/** The coverage of samples that were checked. */
export function coverageOf({ widths, inside }: ReturnType<typeof checkedIntervals>): IntervalCoverage {
  const samples = widths.length;
  const hits = inside.reduce((sum, one) => sum + one, 0);
  const [lower, upper] = wilsonInterval(hits, samples);
  const meanWidth = compensatedSum(samples, (i) => widths[i]) / samples;
  return { coverage: hits / samples, lower, upper, samples, meanWidth };
}
