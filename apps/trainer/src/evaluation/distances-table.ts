import { type DistanceSummary, percentOfSize, spreadColumns, spreadRows } from '@kanrecon/training/report';
import { formatTable } from '../ui/format-table.js';

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
