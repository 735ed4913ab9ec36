import { formatTable } from '../ui/format-table.js';
import type { DistanceSummary, Spread } from './summarize-distances.js';

/** Columns of the distances' table: what stands above, and which number below. */
export const spreadColumns = [
  ['mean', 'mean'],
  ['median', 'median'],
  ['90 %', 'p90'],
  ['99 %', 'p99'],
  ['worst', 'worst'],
] as const satisfies readonly (readonly [string, keyof Spread])[];

/** The rows of the distances' table. */
export function spreadRows({ asFound, scaled }: DistanceSummary): { name: string; spread: Spread }[] {
  return [
    { name: 'mean', spread: asFound.mean },
    { name: 'greatest (Hausdorff)', spread: asFound.hausdorff },
    { name: 'mean, best scale', spread: scaled.mean },
    { name: 'greatest, best scale', spread: scaled.hausdorff },
  ];
}

/** A fraction of the object's size as per cent of it. */
export function percentOfSize(fraction: number): string {
  return (100 * fraction).toFixed(2);
}

/** The table as text for the terminal. */
export function distancesTable(summary: DistanceSummary): string {
  return formatTable(
    ["surface distance, % of the object's size", ...spreadColumns.map(([title]) => title)],
    spreadRows(summary).map(({ name, spread }) => [
      name,
      ...spreadColumns.map(([, key]) => percentOfSize(spread[key])),
    ]),
  );
}
