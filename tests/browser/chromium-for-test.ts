import { skipped } from '../skipped.js';
import { findChromium } from './find-chromium.mjs';

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
