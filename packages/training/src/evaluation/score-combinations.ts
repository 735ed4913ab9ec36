import { combinationValue, type VisibleCombination } from '@kanrecon/identifiability';
import { regressionReport } from '@kanrecon/metrics';
import type { Target } from '@kanrecon/model';
import type { Scores } from './scores.js';

/**
 * Metrics of what images do show of parameters that they tie together, such as height / radius, in the combinations' own units.
 * Predictions are first clipped to the parameters' ranges: otherwise one denominator near zero would decide the score.
 *
 * @param targets normalised [n, k]
 * @param predictions normalised [n, k]
 */
export function scoreCombinations(
  parameters: readonly Target[],
  combinations: readonly VisibleCombination[],
  targets: Float32Array,
  predictions: Float32Array,
): (Scores & { name: string })[] {
  if (combinations.length === 0) return [];
  const rows = targets.length / parameters.length;
  const valuesOf = (normalised: Float32Array) => {
    const values = new Float64Array(rows * combinations.length);
    for (let row = 0; row < rows; row++) {
      const vector = parameters.map(({ min, max }, j) => {
        const share = normalised[row * parameters.length + j]!;
        return min + (max - min) * Math.min(1, Math.max(0, share));
      });
      for (const [c, combination] of combinations.entries()) {
        values[row * combinations.length + c] = combinationValue(combination, vector);
      }
    }
    return { data: values, shape: [rows, combinations.length] as [number, number] };
  };
  const names = combinations.map(({ name }) => name);
  return [...regressionReport(valuesOf(targets), valuesOf(predictions), names).perOutput];
}
