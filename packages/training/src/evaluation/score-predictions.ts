import type { VisibleCombination } from '@kanrecon/identifiability';
import { regressionReport } from '@kanrecon/metrics';
import type { Target } from '@kanrecon/model';
import { mean } from './mean.js';
import { scoreCombinations } from './score-combinations.js';
import type { Scores } from './scores.js';

/** How good a set of predictions is. */
export interface PredictionScores extends Scores {
  /** Mean R² over the parameters that an image can show. */
  r2Visible: number;
  visible: string[];
  perParameter: (Scores & { name: string })[];
  /** Of what images show of parameters that they tie together, in its own units. */
  combinations: (Scores & { name: string })[];
}

/**
 * Metrics with scikit-learn's definitions.
 *
 * @param scored what was predicted, in the order of the columns
 * @param targets normalised [n, k]
 * @param predictions normalised [n, k]
 * @param visible names of the parameters that an image can show; all when left out
 * @param combinations what images show of parameters that they tie together
 */
export function scorePredictions(
  scored: readonly Target[],
  targets: Float32Array,
  predictions: Float32Array,
  visible: readonly string[] = scored.map(({ name }) => name),
  combinations: readonly VisibleCombination[] = [],
): PredictionScores {
  const names = scored.map(({ name }) => name);
  const shape: [number, number] = [targets.length / names.length, names.length];
  const report = regressionReport({ data: targets, shape }, { data: predictions, shape }, names);
  const shown = report.perOutput.filter(({ name }) => visible.includes(name));
  // Nothing visible at all: nothing can be reached.
  const r2Visible = shown.length > 0 ? mean(shown.map(({ r2 }) => r2)) : 0;
  const { mae, mse, rmse, r2, perOutput } = report;
  return {
    mae,
    mse,
    rmse,
    r2,
    r2Visible,
    visible: [...visible],
    perParameter: [...perOutput],
    combinations: scoreCombinations(scored, combinations, targets, predictions),
  };
}
