import { finiteNumbers } from './finite-numbers.js';

/**
 * The area under the ROC curve: the probability that a positive scores higher than a negative, ties counted half; 1 is a perfect
 * separation, .5 none. It is the Mann–Whitney U statistic divided by the number of pairs, and scikit-learn's `roc_auc_score` of the
 * same scores. In O(n log n).
 *
 * @param positives scores of what should score high
 * @param negatives scores of what should score low
 * @throws if there are no positives or no negatives, or a score is not finite
 */
export function rocAuc(positives: ArrayLike<number>, negatives: ArrayLike<number>): number {
  const high = finiteNumbers(positives, 'rocAuc', 'positives').sort();
  const low = finiteNumbers(negatives, 'rocAuc', 'negatives').sort();
  // Twice the number of pairs that are in order: whole numbers, so that nothing is rounded.
  let [pairs, below, upTo] = [0, 0, 0];
  for (const score of high) {
    while (below < low.length && low[below] < score) below++;
    while (upTo < low.length && low[upTo] <= score) upTo++;
    pairs += below + upTo;
  }
  return pairs / (2 * high.length * low.length);
}
