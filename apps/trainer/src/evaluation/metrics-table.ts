import type { Scores } from '@kanrecon/training';
import { boundSign, type MetricsRow, showInterval } from '@kanrecon/training/report';
import { fixed } from '../ui/fixed.js';
import { formatTable } from '../ui/format-table.js';

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
