import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, vi } from 'vitest';
import { runProgram } from './run-program.js';

/** A training of the data set that `synthesize` makes, but for its --out. */
export const tiny =
  'train --dataset data --image-size 32 --epochs 3 --batch-size 4 --widths 8 --dropout .3 --augment study';

/**
 * The built program in processes of its own, in a folder that is removed after a file's tests, with what it keeps of downloads in the
 * folder `cache`. The folder's name begins with kanrecon- and `name`.
 */
export function programFixture(name: string) {
  const folder = mkdtempSync(join(tmpdir(), `kanrecon-${name}-`));
  // Many short processes: half a minute in all on a quiet machine.
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const at = (...parts: string[]) => join(folder, ...parts);
  const run = (line: string, interruptAfter?: Parameters<typeof runProgram>[2]) =>
    runProgram(line.split(' '), folder, interruptAfter, { KANRECON_CACHE: at('cache') });
  const bytes = (...parts: string[]) => readFileSync(at(...parts));
  const json = (...parts: string[]) => JSON.parse(readFileSync(at(...parts), 'utf8'));

  /** A user's mistake: exit code 2, the message, no stack. */
  async function expectMistake(line: string, message: RegExp) {
    const { code, stderr } = await run(line);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at .*\d+:\d+/);
    expect(code).toBe(2);
  }

  /** Makes the data set `data`: 40 images of the scene study. */
  async function synthesize() {
    const { code, stdout } = await run(
      'synth --out data --shapes 20 --views 2 --size 48 --split .6,.2,.2 --workers 2 --json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ counts: { train: 24, val: 8, test: 8 }, written: 40 });
  }

  /** Trains on `data`, into the run folder `name`. */
  async function train(name: string) {
    expect((await run(`${tiny} --out ${name}`)).code).toBe(0);
  }

  return { folder, run, at, bytes, json, expectMistake, synthesize, train };
}
