import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runProgram } from './run-program.js';

// The built program, training on images that grow.
const folder = mkdtempSync(join(tmpdir(), 'kanrecon-grow-'));
vi.setConfig({ testTimeout: 240_000 });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (line: string, interruptAfter?: string) => runProgram(line.split(' '), folder, interruptAfter);
const train =
  'train --stream observable --backbone small --val-images 6 --epoch-images 18 --epochs 3 --batch-size 5 --image-size 48';
const growing = `${train} --grow-sizes 32,40 --grow-share .66 --workers 2`;
let said: string;

beforeAll(async () => {
  const { code, stdout, stderr } = await run(`${growing} --out whole`);
  expect(code).toBe(0);
  said = `${stderr}\n${stdout}`;
}, 240_000);

describe('train --grow-sizes', () => {
  it('says before and while it trains which size images have', () => {
    expect(said).toContain(
      'Images grow: 32 pixels for 1 epoch, 40 for 1, 48 for 1; the network is validated at its own',
    );
    for (const [i, size] of [32, 40, 48].entries()) {
      expect(said).toMatch(new RegExp(`epoch ${i + 1}/3 .* ${size} pixels`));
    }
  });

  it.each(['epoch 1/3', 'epoch 2/3'])('ends with the same bytes after Ctrl-C in %s, with two threads', async (at) => {
    const out = at.replaceAll(/\W/g, '');
    expect((await run(`${growing} --out ${out}`, at)).code).toBe(130);
    expect((await run(`train --out ${out} --resume`)).code).toBe(0);
    for (const file of ['last/weights.bin', 'last/optimizer.bin', 'best/weights.bin']) {
      const [actual, expected] = [out, 'whole'].map((name) => readFileSync(join(folder, name, file)));
      expect(actual!.equals(expected!), file).toBe(true);
    }
  });

  it('keeps a network of the final size, which evaluates', async () => {
    const { code, stdout } = await run('evaluate whole --dataset whole/data');
    expect(stdout).toContain('6 test images');
    expect(code).toBe(0);
  });

  it.each([
    ['--grow-sizes 64', '--grow-sizes is wrong; expected sizes from the smallest to the greatest, each below'],
    ['--grow-sizes 40,32', 'got 40, 32'],
    ['--grow-sizes 16', '--grow-sizes is wrong; expected a whole number from 32 to 1023, got 16'],
    ['--grow-share .5', '--grow-share goes with --grow-sizes only'],
    ['--grow-sizes none --grow-share .5', '--grow-share goes with --grow-sizes only'],
    ['--grow-sizes 32 --grow-share 1', '--grow-share takes a number above 0 and below 1'],
    ['--grow-sizes big', '--grow-sizes takes whole numbers'],
    ['--grow-sizes 32 --model SMALLCNN_LOCK_NODROP_CLASSICA_6', 'expected none where the backbone is frozen'],
  ])('refuses %s in a sentence', async (flags, sentence) => {
    const line = flags.includes('--model') ? train.replace(' --backbone small', '') : train;
    const { code, stderr } = await run(`${line} ${flags} --out wrong`);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(2);
  });

  it('is part of the recipe best, which streams', async () => {
    const flags = '--epoch-images 64 --val-images 4 --epochs 2 --workers 1';
    expect((await run(`train --recipe best --stream observable ${flags} --out best`)).code).toBe(0);
    const { experiment } = JSON.parse(readFileSync(join(folder, 'best/config.json'), 'utf8'));
    expect(experiment).toMatchObject({
      model: { backbone: 'smallCnn', imageSize: 64, head: { type: 'mlp', uncertainty: 'gaussian' } },
      data: { kind: 'stream', epochImages: 64 },
      growth: { sizes: [32] },
      camera: true,
      schedule: 'one-cycle',
    });
    const log = readFileSync(join(folder, 'best/log.jsonl'), 'utf8').trim().split('\n');
    expect(log.map((line) => JSON.parse(line).image_size)).toEqual([32, 64]);
    for (const data of ['--dataset best/data', '']) {
      const { code, stderr } = await run(`train --recipe best ${data} --out stored`.replace('  ', ' '));
      expect(stderr).toContain('--recipe best is for fresh images, none of which is seen twice; add --stream');
      expect(code).toBe(2);
    }
    const small = await run('train --recipe best --stream observable --image-size 32 --out stored');
    expect(small.stderr).toContain('got 32; without it, or with --grow-sizes none, nothing grows.');
    expect(small.code).toBe(2);
  });

  it('cannot be changed when a run is resumed', async () => {
    const { code, stderr } = await run('train --out whole --resume --grow-sizes 32');
    expect(stderr).toContain('--grow-sizes cannot be changed when resuming');
    expect(code).toBe(2);
  });
});
