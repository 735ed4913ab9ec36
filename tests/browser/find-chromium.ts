import { existsSync } from 'node:fs';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of Chromium or Chrome: what the environment variable CHROMIUM_PATH says, else where it usually is; undefined if nowhere. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  return named ? (existsSync(named) ? named : undefined) : usualPlaces.find((path) => existsSync(path));
}

/**
 * {@link findChromium} for a test that is skipped where there is none, which is said in one sentence.
 *
 * @param what what the test does, the sentence's first words
 * @throws if there is none on a machine that decides what may be merged (the environment variable CI is set)
 */
export function chromiumForTest(what: string): string | undefined {
  const path = findChromium();
  if (!path) {
    skipped(`${what}: install Chromium (apt-get install chromium) or set CHROMIUM_PATH to it to run these tests.`);
  }
  return path;
}

/** Says in one sentence what is skipped; on a machine that decides what may be merged nothing is passed over, it throws. */
export function skipped(sentence: string): void {
  if (process.env['CI']) throw new Error(sentence);
  process.stderr.write(`Skipped. ${sentence}\n`);
}
