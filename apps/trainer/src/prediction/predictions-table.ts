import { csv } from '../data/csv.js';
import type { ReconstructedFile } from './reconstructed-file.js';

/**
 * Many images' numbers as a table for other programs: parameters in their units, as the network found them. Then names, separated by spaces:
 * of parameters outside their range, of those that such images do not show, and of the others, which nobody has checked.
 */
export function predictionsTable(found: readonly ReconstructedFile[]): string {
  const names = Object.keys(found[0]?.json.parameters ?? {});
  const header = ['image', 'result', ...names, 'outside_range', 'invisible', 'unchecked', 'warning'];
  const rows = found.map(({ outputs, json }) => [
    outputs.imageFromOut,
    `${outputs.name}.json`,
    ...names.map((name) => json.parameters[name]!),
    json.outside_range.join(' '),
    json.invisible === null ? 'unknown' : json.invisible.join(' '),
    json.unchecked.join(' '),
    json.warning ?? '',
  ]);
  return csv([header, ...rows]);
}
