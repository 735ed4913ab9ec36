import { formatTable } from '../ui/format-table.js';
import { mean } from './best-possible.js';
import type { PredictionScores } from './score-predictions.js';

/** One row of the metrics table; `best` is the best possible R². */
export interface MetricsRow {
  name: string;
  mae: number;
  mse: number;
  rmse: number;
  r2: number;
  best?: number;
}

/** The parameters, then the mean over what an image shows, then all together. */
export function metricsRows(scores: PredictionScores, best: Readonly<Record<string, number>> | null): MetricsRow[] {
  const { perParameter, visible, r2Visible, mae, mse, rmse, r2 } = scores;
  const bestOf = (names: readonly string[]) => (best ? mean(names.map((name) => best[name] ?? 1)) : undefined);
  const rows: MetricsRow[] = perParameter.map((row) => ({ ...row, best: best?.[row.name] }));
  if (visible.length < perParameter.length) {
    const shown = perParameter.filter(({ name }) => visible.includes(name));
    const meanOf = (key: 'mae' | 'mse') => mean(shown.map((row) => row[key]));
    const visibleMse = meanOf('mse');
    rows.push({
      name: `the ${visible.length} visible`,
      mae: meanOf('mae'),
      mse: visibleMse,
      rmse: Math.sqrt(visibleMse),
      r2: r2Visible,
      best: bestOf(visible),
    });
  }
  rows.push({ name: 'all', mae, mse, rmse, r2, best: bestOf(perParameter.map(({ name }) => name)) });
  return rows;
}

/** The table as text for the terminal. */
export function metricsTable(rows: readonly MetricsRow[]): string {
  const digits = (value: number | undefined) => (value === undefined ? '' : value.toFixed(4));
  return formatTable(
    ['normalised', 'MAE', 'MSE', 'RMSE', 'R²', 'best possible R²'],
    rows.map(({ name, mae, mse, rmse, r2, best }) => [name, ...[mae, mse, rmse, r2, best].map(digits)]),
  );
}
