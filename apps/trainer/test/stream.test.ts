import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runProgram } from './run-program.js';

// The built program, training on images that are drawn while it trains.
const folder = mkdtempSync(join(tmpdir(), 'kanrecon-stream-'));
vi.setConfig({ testTimeout: 120_000 });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (line: string, interruptAfter?: string, environment?: Record<string, string>) =>
  runProgram(line.split(' '), folder, interruptAfter, environment);
// 18 images become 4 batches of 5.
const common = '--image-size 32 --epoch-images 18 --epochs 3 --batch-size 5 --widths 8 --dropout .3';
const train = `train --stream observable --val-images 6 ${common}`;
const logOf = (name: string) =>
  readFileSync(join(folder, name, 'log.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { train_loss: number; val_loss: number });

function expectSameRun(name: string, like: string) {
  for (const file of ['last/weights.bin', 'last/optimizer.bin', 'best/weights.bin']) {
    const [actual, expected] = [name, like].map((run) => readFileSync(join(folder, run, file)));
    expect(actual!.equals(expected!), file).toBe(true);
  }
  const numbers = (run: string) => logOf(run).map(({ train_loss, val_loss }) => [train_loss, val_loss]);
  expect(numbers(name)).toEqual(numbers(like));
}

beforeAll(async () => {
  expect((await run(`${train} --out whole`)).code).toBe(0);
  expect((await run(`${train} --workers 2 --out two`)).code).toBe(0);
}, 120_000);

describe('train --stream', () => {
  it('makes validation and test images of its own, which evaluate takes', async () => {
    const losses = logOf('whole').map(({ train_loss }) => train_loss);
    expect(losses).toHaveLength(3);
    expect(losses[2]).toBeLessThan(losses[0]!);
    const recipe = JSON.parse(readFileSync(join(folder, 'whole/data/synthesis.json'), 'utf8'));
    expect(recipe).toMatchObject({
      scene: { name: 'observable' },
      imageSize: 32,
      split: { train: 0, val: 6, test: 6 },
    });
    const config = JSON.parse(readFileSync(join(folder, 'whole/config.json'), 'utf8'));
    expect(config.experiment.data).toEqual({ kind: 'stream', epochImages: 18, workers: 1, folder: 'data' });
    expect(config.scene.name).toBe('observable');
    const { code, stdout } = await run('evaluate whole --dataset whole/data');
    expect(stdout).toContain('6 test images');
    expect(code).toBe(0);
  });

  it('ends with the same bytes after Ctrl-C and --resume', async () => {
    expect((await run(`${train} --out halves`, 'epoch 1/3')).code).toBe(130);
    expect((await run('train --out halves --resume')).code).toBe(0);
    expectSameRun('halves', 'whole');
  });

  it('may be resumed with another number of threads that draw, and ends with the same bytes', async () => {
    expect((await run(`${train} --out redrawn`, 'epoch 1/3')).code).toBe(130);
    expect((await run('train --out redrawn --resume --stream-workers 3')).code).toBe(0);
    const config = JSON.parse(readFileSync(join(folder, 'redrawn/config.json'), 'utf8'));
    expect(config.experiment.data).toMatchObject({ epochImages: 18, workers: 3 });
    expectSameRun('redrawn', 'whole');
  });

  it('ends with the same bytes whatever the threads that draw', async () => {
    expect((await run(`${train} --stream-workers 3 --out drawn`)).code).toBe(0);
    expectSameRun('drawn', 'whole');
  });

  it('ends with the same bytes after Ctrl-C and --resume with two training workers', async () => {
    expect((await run(`${train} --workers 2 --out two-halves`, 'epoch 1/3')).code).toBe(130);
    expect((await run('train --out two-halves --resume')).code).toBe(0);
    expectSameRun('two-halves', 'two');
  });

  it('draws other images with another seed', async () => {
    expect((await run(`${train} --seed 2 --out other`)).code).toBe(0);
    expect(logOf('other')[0]!.train_loss).not.toBe(logOf('whole')[0]!.train_loss);
    // The images to validate with are the same for all runs.
    const hash = (run: string) => readFileSync(join(folder, run, 'data/synthesis.json'), 'utf8');
    expect(hash('other')).toBe(hash('whole'));
  });

  it('draws images like those of a data set, and validates on its own', async () => {
    const synth = 'synth --out set --shapes 6 --views 1 --size 32 --scene fluted --noise 5 --split 0,1,0 --workers 1';
    expect((await run(synth)).code).toBe(0);
    const { code } = await run(`train --stream dataset --dataset set ${common} --out like`);
    expect(code).toBe(0);
    const config = JSON.parse(readFileSync(join(folder, 'like/config.json'), 'utf8'));
    expect(config.scene).toMatchObject({ name: 'fluted', changes: { effects: { noise: [5, 5] } } });
    expect(existsSync(join(folder, 'like/data'))).toBe(false);
  });

  it('objects that cannot be drawn end the run as a mistake, without advice to go on', async () => {
    const surface = {
      name: 'my-cone',
      parameters: [{ name: 'slope', min: 0.5, max: 2 }],
      domain: { u: [0, '2 * pi'], v: [0, 1] },
      x: 'v * cos(u)',
      y: 'v * sin(u)',
      // None of the data set's four objects is one of these, nor of those that are looked at before training.
      z: 'slope > 1.61 and slope < 1.74 ? 1e300 : -slope * v',
      closedU: true,
      poleVMin: true,
    };
    writeFileSync(join(folder, 'odd.json'), JSON.stringify(surface));
    const synth = 'synth --out odd --surface odd.json --shapes 4 --views 1 --size 32 --split 0,1,0 --workers 1';
    expect((await run(synth)).code).toBe(0);
    const { code, stderr } = await run(
      `train --stream dataset --dataset odd ${common} --epoch-images 60 --out odder`.replace('--epoch-images 18 ', ''),
    );
    expect(stderr).toMatch(
      /training stopped in epoch 1, step \d+: drawing images: batch \d+ failed: a point of the surface "my-cone" is not finite/,
    );
    expect(stderr).not.toContain('--resume');
    expect(code).toBe(2);
  });

  it('a thread that fails ends the run with its message; --resume goes on and ends with the same bytes', async () => {
    const environment = { NODE_OPTIONS: `--import ${new URL('./fail-in-stream.mjs', import.meta.url).href}` };
    const { code, stderr } = await run(`${train} --out failed`, undefined, environment);
    expect(stderr).toMatch(
      /training stopped in epoch \d, step \d: drawing images: batch 9 failed: out of paint; go on from the last checkpoint/,
    );
    expect(stderr).not.toMatch(/\n\s+at .*\d+:\d+/);
    expect(code).not.toBe(0);
    expect((await run('train --out failed --resume')).code).toBe(0);
    expectSameRun('failed', 'whole');
  });

  it.each([
    ['train --out x --epoch-images 5 --dataset set', /--epoch-images goes with --stream only/],
    ['train --out x --stream nope', /--stream: expected one of study, observable, fluted, robust, dataset, got "nope"/],
    ['train --out x --stream dataset', /name it with --dataset/],
    ['train --out x --stream study --dataset set', /leave --dataset out, or give --stream dataset/],
    ['train --out x --stream', /--stream needs a value: one of study, observable, fluted, robust, dataset/],
  ])('refuses %s', async (line, message) => {
    const { code, stderr } = await run(line);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
