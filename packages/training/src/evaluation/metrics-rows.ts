import type { BestPossibleScores, BestScores } from '@kanrecon/identifiability';
import { mean } from './mean.js';
import type { ScoreInterval, ScoreIntervals } from './score-intervals.js';
import type { PredictionScores } from './score-predictions.js';
import type { Scores } from './scores.js';

/** One row of the metrics table, and what the best possible reader would reach. */
export interface MetricsRow extends Scores {
  name: string;
  /** Of one parameter, the mean over those that an image shows, or all together. */
  kind: 'parameter' | 'visible' | 'all';
  best?: BestScores;
  /** Whether `best` is but a bound: R² at most, errors at least. */
  bestIsBound?: boolean;
  /** Where the scores may lie; see `scoreIntervals`. */
  interval?: ScoreInterval;
}

/** The parameters, then the mean over what an image shows, then all together. */
export function metricsRows(
  scores: PredictionScores,
  best: BestPossibleScores | null,
  intervals?: ScoreIntervals,
): MetricsRow[] {
  const { perParameter, visible, r2Visible, mae, mse, rmse, r2 } = scores;
  const bestOf = (name: string) => best?.perParameter.find((row) => row.name === name);
  const bounds = best?.bounds ?? [];
  const bound = (names: readonly string[]) =>
    names.some((name) => bounds.includes(name)) ? { bestIsBound: true } : {};
  const rows: MetricsRow[] = perParameter.map((row, j) => ({
    ...row,
    kind: 'parameter',
    best: bestOf(row.name),
    ...bound([row.name]),
    interval: intervals?.perParameter[j],
  }));
  if (visible.length > 0 && visible.length < perParameter.length) {
    const shown = rows.filter(({ name }) => visible.includes(name));
    rows.push({
      name: `the ${visible.length} visible`,
      kind: 'visible',
      ...together(shown),
      r2: r2Visible,
      best: best ? together(shown.map((row) => row.best!)) : undefined,
      ...bound(visible),
      interval: intervals?.visible ?? undefined,
    });
  }
  rows.push({
    ...{ name: 'all', kind: 'all', mae, mse, rmse, r2, best: best ?? undefined },
    ...bound(bounds),
    interval: intervals?.all,
  });
  return rows;
}

/** Before the best possible score where that is but a bound. */
export function boundSign(key: 'mae' | 'rmse' | 'r2'): string {
  return key === 'r2' ? '≤ ' : '≥ ';
}

function together(rows: readonly Scores[]): Scores {
  const [mae, mse, r2] = (['mae', 'mse', 'r2'] as const).map((key) => mean(rows.map((row) => row[key])));
  return { mae: mae!, mse: mse!, rmse: Math.sqrt(mse!), r2: r2! };
}
