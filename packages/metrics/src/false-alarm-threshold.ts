import { finiteNumbers } from './finite-numbers.js';

/**
 * The threshold above which a score raises an alarm, such that of scores like the given ones no more than a share does: the
 * ⌈(n + 1)(1 − share)⌉-th smallest of n. A new score that comes from where the n came from exceeds it with probability of at most
 * `share`, whatever its distribution, and of the n themselves at most share·n do (the split conformal quantile: Vovk, Gammerman and
 * Shafer, Algorithmic Learning in a Random World, 2005).
 *
 * @param negatives n scores of what should raise no alarm
 * @param share of false alarms, above 0 and below 1
 * @returns Infinity where n is too small for the share, less than 1/share − 1: no alarm then
 * @throws if there are no scores, a score is not finite, or the share is out of range
 */
export function falseAlarmThreshold(negatives: ArrayLike<number>, share: number): number {
  const scores = finiteNumbers(negatives, 'falseAlarmThreshold', 'negatives').sort();
  if (!(share > 0 && share < 1)) {
    throw new Error(`falseAlarmThreshold: share is wrong; expected a number above 0 and below 1, got ${share}`);
  }
  // (n + 1)·(1 − share) from the other end, less what rounding of share adds to a whole number: 1000 · .1 is 100.
  const above = Math.floor((scores.length + 1) * share * (1 + 4 * Number.EPSILON));
  return above === 0 ? Number.POSITIVE_INFINITY : scores[scores.length - above];
}
