import type { CoverageScores } from '@kanrecon/training';
import { formatTable } from '../ui/format-table.js';

/** The table as text for the terminal; empty for a network without intervals. */
export function coverageTable(rows: readonly CoverageScores[] | undefined): string {
  if (!rows?.length) return '';
  const levels = Object.keys(rows[0]!.levels);
  const share = (value: number) => `${(100 * value).toFixed(0)} %`;
  const table = formatTable(
    ['truths in the intervals that promise', ...levels.map((level) => `${level} %`)],
    rows.map(({ name, levels: found }) => [
      name,
      ...levels.map((level) => {
        const { coverage, lower, upper } = found[level]!;
        return `${share(coverage)} (${share(lower)} to ${share(upper)})`;
      }),
    ]),
  );
  return `${table}\nIn brackets what so many images can tell of the share, at 95 %.`;
}
