import { formatTable } from '../ui/format-table.js';
import type { RefinedJson } from './refined-json.js';

const untold = 'cannot be told from this image';

/**
 * What was refined in one image, for people: what came of it in a sentence, then parameters and visible combinations with their
 * intervals. Where the image is explained only in part there are no intervals, which would not hold, and where it shows something else no
 * numbers at all, which would look as sure as any.
 */
export function describeRefined(path: string, { verdict, ...refined }: RefinedJson): string {
  const { kind, sentence } = verdict;
  const said = `${path}: ${sentence}`;
  if (kind === 'foreign') return said;
  const rows = [...Object.entries(refined.estimates), ...Object.entries(refined.combinations)];
  const table = rows.map(([name, estimate]) => {
    if ('told' in estimate && !estimate.told) return [name, untold, ''];
    const end = refined.at_range_end.includes(name) ? ' (at the end of its range)' : '';
    const { mean, interval90 } = estimate;
    if (kind === 'doubtful') return [name, `about ${Number(mean.toPrecision(2))}${end}`];
    return [name, `${digits(mean)}${end}`, between(interval90)];
  });
  const header = ['parameter', 'estimate', ...(kind === 'found' ? ['90 % interval'] : [])];
  return `${said}\n${formatTable(header, table)}`;
}

function between([low, high]: readonly number[]): string {
  return low === high ? 'known' : `${digits(low!)} to ${digits(high!)}`;
}

/** Three decimals, or what is left of five digits of a large number. */
function digits(value: number): string {
  return Math.abs(value) < 100 ? value.toFixed(3) : String(Number(value.toPrecision(5)));
}
