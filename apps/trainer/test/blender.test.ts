import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { fakeBlender } from '../../../packages/blender/test/fake-blender.js';
import { blenderForTest } from '../../../tests/blender-for-test.js';
import { runProgram } from './run-program.js';

// The built program in processes of its own.
const folder = mkdtempSync(join(tmpdir(), 'kanrecon-blender-program-'));
vi.setConfig({ testTimeout: 240_000 });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = blenderForTest('The program is not run with Blender');
const run = (line: string, environment?: Record<string, string>) =>
  runProgram(line.split(' '), folder, undefined, environment);

describe('kanrecon synth without a Blender', () => {
  it('says in one sentence what to do, leaves with 2 and makes nothing', async () => {
    const wrong = await run('synth --out none --shapes 2 --renderer blender --blender /nowhere/blender');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(
      /\/nowhere\/blender cannot be started: there is no such program .*Install Blender 3\.0/,
    );
    const named = await run('synth --out none --compare', { KANRECON_BLENDER: '/nowhere/else' });
    expect(named.code).toBe(2);
    expect(named.stderr).toMatch(/\/nowhere\/else cannot be started/);
    const vain = await run('synth --out none --blender-samples 8');
    expect(vain.code).toBe(2);
    expect(vain.stderr).toContain('--blender-samples says how to use Blender; add --renderer blender or --compare');
    for (const { stderr } of [wrong, named, vain]) expect(stderr.trimEnd()).not.toContain('\n');
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('kanrecon synth with a Blender that goes wrong', () => {
  it('says that it is starting, what became of it and what to do, and leaves nothing that forbids another one', async () => {
    const failing = fakeBlender(folder, 'Blender 9.9.9', 'process.exit(3);');
    for (const what of ['--renderer blender', '--compare']) {
      const { code, stderr } = await run(`synth --out failed --shapes 10 --size 32 ${what} --blender ${failing}`);
      expect(stderr).toContain(`Starting Blender (${failing}); this may take up to two minutes`);
      expect(stderr).toMatch(/ended too early \(exit code 3\)\. See whether this Blender works by itself/);
      expect(code).toBe(2);
      expect(existsSync(join(folder, 'failed'))).toBe(false);
    }
  });

  it('finds before rendering that a comparison cannot be written', async () => {
    const started = join(folder, 'started');
    const body = `writeFileSync(${JSON.stringify(started)}, ''); process.exit(3);`;
    const blender = fakeBlender(folder, 'Blender 9.9.9', body);
    writeFileSync(join(folder, 'file'), '');
    const { code } = await run(`synth --out file/x --compare --blender ${blender}`);
    expect(code).toBe(2);
    expect(existsSync(started)).toBe(false);
  });

  it.each([
    ['--compare', 'what was done is not reused, the same command begins anew'],
    ['--renderer blender', 'the same command goes on from here'],
  ])('says truly after Ctrl-C what became of %s', async (what, message) => {
    const hanging = fakeBlender(folder, 'Blender 9.9.9', 'setInterval(() => {}, 1000);');
    const line = `synth --out stopped --shapes 10 --size 32 ${what} --blender ${hanging} --json`;
    // With --json what is said goes to stderr, which the signal waits for here.
    const { code, stderr, stdout } = await runProgram(line.split(' '), folder, { stderr: 'Starting Blender' });
    expect(stderr).toContain(`Stopped; ${message}.`);
    expect(JSON.parse(stdout).error.exit_code).toBe(130);
    expect(code).toBe(130);
  });
});

describe.skipIf(!path)('kanrecon synth with Blender', () => {
  const environment = { KANRECON_BLENDER: path ?? '' };

  it('makes a data set', async () => {
    const line =
      'synth --out photos --shapes 2 --views 1 --size 32 --split .5,.5,0 --renderer blender --blender-samples 2';
    const { code, stdout, stderr } = await run(`${line} --json`, environment);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ written: 2, settings: { renderer: { name: 'blender', samples: 2 } } });
    const again = await run(`${line} --json`, environment);
    expect(JSON.parse(again.stdout)).toMatchObject({ written: 0, kept: 2 });
  });

  it('compares renderers: a table, every view as JSON, a sheet of pictures', async () => {
    const line = 'synth --out comparison --compare --scene fluted --shapes 2 --size 64 --blender-samples 4';
    const { code, stdout, stderr } = await run(line, environment);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/mask IoU +0\.\d{4} +0\.\d{4}\n/);
    expect(stdout).toMatch(/RGB difference inside, of 255 +\d+\.\d\d +\d+\.\d\d\n/);
    const comparison = JSON.parse(readFileSync(join(folder, 'comparison', 'comparison.json'), 'utf8'));
    expect(comparison).toMatchObject({ imageSize: 64, blender: { samples: 4 }, views: [{ shape: 0 }, { shape: 1 }] });
    expect(comparison.maskIoU.worst).toBeGreaterThan(0.98);
    expect(comparison.plainRgbDifference.worst).toBeLessThan(8);
    const sheet = await sharp(join(folder, 'comparison', 'comparison.png')).metadata();
    expect([sheet.width, sheet.height]).toEqual([5 * 68 - 4, 2 * 68 - 4]);
  });
});
