import type { ParametricSurface } from '@kanrecon/geometry';
import { regressionReport } from '@kanrecon/metrics';
import { mean } from './best-possible.js';

/** Metrics of one parameter, or of all together, on the normalised values. */
export interface Scores {
  mae: number;
  mse: number;
  rmse: number;
  r2: number;
}

/** How good a set of predictions is. */
export interface PredictionScores extends Scores {
  /** Mean R² over the parameters that an image can show. */
  r2Visible: number;
  visible: string[];
  perParameter: (Scores & { name: string })[];
}

/**
 * Metrics with scikit-learn's definitions.
 *
 * @param targets normalised [n, k]
 * @param predictions normalised [n, k]
 * @param visible names of the parameters that an image can show; all when left out
 */
export function scorePredictions(
  surface: ParametricSurface,
  targets: Float32Array,
  predictions: Float32Array,
  visible: readonly string[] = surface.parameters.map(({ name }) => name),
): PredictionScores {
  const names = surface.parameters.map(({ name }) => name);
  const shape: [number, number] = [targets.length / names.length, names.length];
  const report = regressionReport({ data: targets, shape }, { data: predictions, shape }, names);
  const r2Visible = mean(report.perOutput.filter(({ name }) => visible.includes(name)).map(({ r2 }) => r2));
  const { mae, mse, rmse, r2, perOutput } = report;
  return { mae, mse, rmse, r2, r2Visible, visible: [...visible], perParameter: [...perOutput] };
}
