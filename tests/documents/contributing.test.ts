import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packagesTable } from '../../scripts/imports/packages-table.mjs';
import { packagesUnder } from '../../scripts/imports/packages-under.mjs';
import { root } from './documents.js';

const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const packages = Object.keys(packagesTable);

/** The lines of the indented block that follows a sentence. */
function blockAfter(sentence: string): string[] {
  const lines = text.slice(text.indexOf(sentence) + sentence.length).split('\n');
  const start = lines.findIndex((line) => line.startsWith('    '));
  const length = lines.slice(start).findIndex((line) => line !== '' && !line.startsWith('    '));
  return lines.slice(start, start + length).filter((line) => line !== '');
}

it('"Where things are" names every package', () => {
  const folders = blockAfter('## Where things are').map((line) => line.trim().split(/\s+/)[0]!);
  const named = folders.flatMap((folder) => /^(?:packages|apps)\/(.+)$/.exec(folder)?.[1] ?? []);
  expect(named.sort()).toEqual([...packages].sort());
});

it('"Who imports whom" says what scripts/imports/packages-table.mjs says', () => {
  const said: Record<string, string[]> = {};
  for (const line of blockAfter('Namely, and nothing else')) {
    // Two stand in a line with a wide space between them; what is in parentheses explains.
    for (const arrow of line
      .trim()
      .replace(/\s*\([^)]* [^)]*\)/, '')
      .split(/ {3,}/)) {
      const [from, to] = arrow.split(' → ').map((names) => names.split(', '));
      for (const name of from!) said[name] = to!;
    }
  }
  // TensorFlow.js is no package of ours.
  const foreign = ['(nothing)', 'tfjs'];
  const rows = Object.entries(said).map(([name, row]) => [name, row.filter((other) => !foreign.includes(other))]);
  expect(said['trainer']).toEqual(['all']);
  expect(packagesUnder(packagesTable, 'trainer')).toEqual(packages.filter((name) => name !== 'trainer'));
  expect(Object.fromEntries(rows)).toEqual({ ...packagesTable, trainer: ['all'] });
});

it('every package stands on a floor above all that it imports', () => {
  const floors = blockAfter('A package imports from the floors below its own').map((line) =>
    line.split(/\s+/).filter((word) => packages.includes(word)),
  );
  const floorOf = (name: string) => floors.length - floors.findIndex((floor) => floor.includes(name));
  expect(floors.flat().sort()).toEqual([...packages].sort());
  for (const [name, row] of Object.entries(packagesTable)) {
    for (const other of row) expect([name, other, floorOf(other) < floorOf(name)]).toEqual([name, other, true]);
  }
});
