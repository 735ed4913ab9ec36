import { formatTable } from '../ui/format-table.js';
import type { RefinedJson } from './refined-json.js';

const untold = 'cannot be told from this image';

/**
 * What was refined in one image, for people: what came of it in a sentence, then parameters and visible combinations with their
 * intervals. Where the image is not explained there are no numbers, which would look as sure as any.
 */
export function describeRefined(
  path: string,
  { found, verdict, estimates, combinations, ...rest }: RefinedJson,
): string {
  const sentence = `${path}: ${verdict.sentence}.`;
  if (!found) return sentence;
  const told = Object.entries(estimates).map(([name, estimate]) => {
    if (!estimate.told) return [name, untold, ''];
    const end = rest.at_range_end.includes(name) ? ' (at the end of its range)' : '';
    return [name, `${digits(estimate.mean)}${end}`, between(estimate.interval90)];
  });
  const shown = Object.entries(combinations).map(([name, { mean, interval90 }]) => [
    name,
    digits(mean),
    between(interval90),
  ]);
  return `${sentence}\n${formatTable(['parameter', 'estimate', '90 % interval'], [...told, ...shown])}`;
}

function between([low, high]: readonly number[]): string {
  return low === high ? 'known' : `${digits(low!)} to ${digits(high!)}`;
}

/** Three decimals, or what is left of five digits of a large number. */
function digits(value: number): string {
  return Math.abs(value) < 100 ? value.toFixed(3) : String(Number(value.toPrecision(5)));
}
