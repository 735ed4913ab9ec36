// What a long measurement has found so far, in a file of one line an image, so that a run that was cut off goes on where it was.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Measures images one after another, but none that the file has already.
 *
 * @param {string | undefined} file grows by a line an image; delete it after a change of the code. Without it nothing is kept
 * @param {readonly number[]} numbers of the images
 * @param {(number: number) => Promise<object>} measure
 * @param {string} name for the progress
 */
export async function keptRows(file, numbers, measure, name) {
  const kept = new Map();
  if (file) mkdirSync(dirname(file), { recursive: true });
  const lines = file && existsSync(file) ? wholeLines(file) : [];
  // Without the last one, where that was cut off: the next would stand behind it.
  if (lines.length > 0) writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  for (const row of lines.map((line) => JSON.parse(line))) kept.set(row.number, row);
  const rows = [];
  for (const number of numbers) {
    const row = kept.get(number) ?? plain({ ...(await measure(number)), number });
    if (file && !kept.has(number)) appendFileSync(file, `${JSON.stringify(row)}\n`);
    rows.push(row);
    process.stderr.write(`\r${name}: ${rows.length} of ${numbers.length} `);
  }
  process.stderr.write('\n');
  return rows;
}

/** The last may have been cut off. */
function wholeLines(file) {
  return readFileSync(file, 'utf8').split('\n').slice(0, -1);
}

/** As it would be read back. */
function plain(row) {
  return JSON.parse(JSON.stringify(row, (_, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value)));
}
