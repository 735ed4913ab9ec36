import { beforeAll, describe, expect, it } from 'vitest';
import { programFixture } from './program-fixture.js';
import { runProgram } from './run-program.js';

const { at, expectMistake, folder, run, synthesize } = programFixture('backends');

beforeAll(synthesize);

describe('backends', () => {
  it('measures a training step in a process of its own', async () => {
    const { code, stdout, stderr } = await run('backends --try wasm --json');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^wasm: [\d.]+ ms per image\n$/);
    const trial = JSON.parse(stdout);
    expect(trial).toMatchObject({ name: 'wasm', usable: true });
    expect(trial.description).toMatch(/^WebAssembly, (relaxed )?SIMD$/);
    expect(trial.millisecondsPerImage).toBeGreaterThan(0);
  });

  it('one that is not installed is refused with the way to get it', async () => {
    const { stdout } = await run('backends --try node-gpu --json');
    if (JSON.parse(stdout).usable) return; // installed on this machine
    await expectMistake(
      'train --dataset data --out never --backend node-gpu',
      /backend node-gpu: .*not installed; to get it: npm install/,
    );
    const line = 'train --dataset data --out never --backend node-gpu'.split(' ');
    const mistyped = await runProgram(line, folder, undefined, { KANRECON_TFJS_NODE: at('mistyped') });
    expect(mistyped.stderr).toMatch(/KANRECON_TFJS_NODE names the folder \S+mistyped, which does not exist/);
    expect(mistyped.code).toBe(2);
  });
});
