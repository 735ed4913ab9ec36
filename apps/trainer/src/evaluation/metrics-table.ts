import type { BestPossibleScores, BestScores } from '@kanrecon/identifiability';
import type { PredictionScores, Scores } from '@kanrecon/training';
import { mean } from '@kanrecon/training';
import { fixed } from '../ui/fixed.js';
import { formatTable } from '../ui/format-table.js';
import { type ScoreInterval, type ScoreIntervals, showInterval } from './score-intervals.js';

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

/** The table as text for the terminal. */
export function metricsTable(rows: readonly MetricsRow[]): string {
  const digits = (value: number | undefined) => (value === undefined ? '' : fixed(value, 4));
  const bestDigits = ({ best, bestIsBound }: MetricsRow, key: 'mae' | 'rmse' | 'r2') =>
    `${best && bestIsBound ? boundSign(key) : ''}${digits(best?.[key])}`;
  const withBest = rows.some(({ best }) => best !== undefined);
  const withInterval = rows.some(({ interval }) => interval !== undefined);
  const columns = [
    ['MAE', 'mae'],
    ['RMSE', 'rmse'],
    ['R²', 'r2'],
  ] as const;
  return formatTable(
    [
      'normalised',
      ...columns.flatMap(([title]) => (withBest ? [title, 'best possible'] : [title])),
      ...(withInterval ? ['R², 95 % interval'] : []),
    ],
    rows.map((row) => [
      row.name,
      ...columns.flatMap(([, key]) => (withBest ? [digits(row[key]), bestDigits(row, key)] : [digits(row[key])])),
      ...(withInterval ? [row.interval ? showInterval(row.interval.r2) : ''] : []),
    ]),
  );
}

/** The visible combinations as text; empty if there are none. A perfect reader makes no error in them. */
export function combinationsTable(rows: readonly (Scores & { name: string })[]): string {
  if (rows.length === 0) return '';
  return formatTable(
    ['what does show, in its units', 'MAE', 'RMSE', 'R²', 'best possible R²'],
    rows.map(({ name, mae, rmse, r2 }) => [name, ...[mae, rmse, r2, 1].map((value) => fixed(value, 4))]),
  );
}

function together(rows: readonly Scores[]): Scores {
  const [mae, mse, r2] = (['mae', 'mse', 'r2'] as const).map((key) => mean(rows.map((row) => row[key])));
  return { mae: mae!, mse: mse!, rmse: Math.sqrt(mse!), r2: r2! };
}
