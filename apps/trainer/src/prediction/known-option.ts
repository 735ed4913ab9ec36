import type { OptionSpec } from '../cli/option-types.js';

/** A number that the user knows, or the ends between which it lies, in the units in which it was given. */
export interface KnownEntry {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** As it was given. */
  readonly text: string;
}

const number = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;

/** `--known radius=.8..1`: several with commas between them, or the flag again. */
export function knownOption({ about }: { about: string }): OptionSpec<readonly KnownEntry[]> {
  return {
    about,
    value: 'name=x|a..b',
    default: [],
    repeatable: true,
    expected: 'a name and a number or a range, such as height=2 or radius=.8..1, several separated by commas',
    parse(given) {
      const entries = given.split(',').map(parseEntry);
      return entries.every((entry) => entry !== undefined) ? entries : undefined;
    },
  };
}

function parseEntry(text: string): KnownEntry | undefined {
  const cut = text.indexOf('=');
  const name = text.slice(0, cut).trim();
  if (cut < 0 || !/^\S+$/.test(name)) return undefined;
  const ends = text.slice(cut + 1).split('..');
  if (ends.length > 2 || !ends.every((end) => number.test(end))) return undefined;
  const [from, to = from] = ends.map(Number) as [number, number?];
  return Number.isFinite(from) && Number.isFinite(to) && from <= to ? { name, from, to, text: text.trim() } : undefined;
}
