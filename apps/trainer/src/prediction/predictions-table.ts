import { csv } from '../data/csv.js';
import type { ReconstructedFile } from './reconstructed-file.js';
import { refinedColumns } from './refined-columns.js';

/**
 * Many images' numbers as a table for other programs: parameters in their units, as the network found them. Then names, separated by spaces:
 * of parameters outside their range, of those that such images do not show, and of the others, which nobody has checked. Last the ends of
 * the intervals of a network that says how sure it is, and what refinement found.
 */
export function predictionsTable(found: readonly ReconstructedFile[]): string {
  const names = Object.keys(found[0]?.json.parameters ?? {});
  const levels = Object.keys(found.find(({ json }) => json.intervals)?.json.intervals?.[names[0]!] ?? {});
  const ends = names.flatMap((name) => levels.flatMap((level) => [`${name}_${level}_low`, `${name}_${level}_high`]));
  const refined = refinedColumns(found);
  const header = ['image', 'result', ...names, 'outside_range', 'invisible', 'unchecked', 'warning', ...ends];
  const rows = found.map(({ outputs, json }) => [
    outputs.imageFromOut,
    `${outputs.name}.json`,
    ...names.map((name) => json.parameters[name]!),
    json.outside_range.join(' '),
    json.invisible === null ? 'unknown' : json.invisible.join(' '),
    json.unchecked.join(' '),
    json.warning ?? '',
    ...names.flatMap((name) => levels.flatMap((level) => [...(json.intervals?.[name]?.[level] ?? ['', ''])])),
  ]);
  return csv([[...header, ...refined.header], ...rows.map((row, i) => [...row, ...refined.rows[i]!])]);
}
