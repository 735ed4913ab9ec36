import { existsSync } from 'node:fs';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of Chromium or Chrome: what the environment variable CHROMIUM_PATH says, else where it usually is; undefined if nowhere. */
export function findChromium() {
  const named = process.env['CHROMIUM_PATH'];
  return (named ? [named] : usualPlaces).find((path) => existsSync(path));
}
