import { combinationValue, type VisibleCombination } from '@kanrecon/identifiability';
import type { Target } from '@kanrecon/model';

/** What a network says of one combination of parameters, by image, in the combination's units. */
export interface CombinationEstimates {
  readonly values: Float64Array;
  /** Standard deviations, if errors of the parameters had nothing to do with each other. */
  readonly spreads: Float64Array;
}

/** Of the range, for the slopes. */
const step = 1e-4;

/**
 * Combinations of predicted parameters, and how sure they are: spreads by the combination's slope in each parameter. The parameters are
 * first clipped to their ranges, as `scorePredictions` does.
 *
 * @param normalized [n, k]
 * @param spread [n, k], on the same scale
 * @returns one for each combination
 */
export function combinationEstimates(
  parameters: readonly Target[],
  combinations: readonly VisibleCombination[],
  normalized: Float32Array,
  spread: Float32Array,
): CombinationEstimates[] {
  const k = parameters.length;
  const rows = normalized.length / k;
  return combinations.map((combination) => {
    const values = new Float64Array(rows);
    const spreads = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const shares = parameters.map((_, j) => Math.min(1, Math.max(0, normalized[row * k + j]!)));
      const valueAt = (at: readonly number[]) =>
        combinationValue(
          combination,
          parameters.map(({ min, max }, j) => min + (max - min) * at[j]!),
        );
      values[row] = valueAt(shares);
      const variance = shares.reduce((sum, share, j) => {
        const [low, high] = [Math.max(0, share - step), Math.min(1, share + step)];
        const slope = (valueAt(shares.with(j, high)) - valueAt(shares.with(j, low))) / (high - low);
        return sum + (slope * spread[row * k + j]!) ** 2;
      }, 0);
      // A combination may stand still at the end of a range; a spread of 0 claims to know.
      spreads[row] = Math.max(Math.sqrt(variance), Number.MIN_VALUE);
    }
    return { values, spreads };
  });
}
