import { spawnSync } from 'node:child_process';
import { skipped } from './skipped.js';

/**
 * The program Blender for a test that is skipped where there is none, which is said in one sentence: what the environment
 * variable KANRECON_BLENDER says, else `blender` on the PATH.
 *
 * @param what what the test does, the sentence's first words
 * @throws if there is none on a machine that decides what may be merged (the environment variable CI is set)
 */
export function blenderForTest(what: string): string | undefined {
  const path = process.env['KANRECON_BLENDER'] || 'blender';
  if (spawnSync(path, ['--version'], { timeout: 60_000 }).status === 0) return path;
  skipped(`${what}: install Blender (apt-get install blender) or set KANRECON_BLENDER to it to run these tests.`);
  return undefined;
}
