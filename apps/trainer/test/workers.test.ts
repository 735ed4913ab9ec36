import '@tensorflow/tfjs-backend-cpu';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadReconstructor } from '@kanrecon/model/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runProgram } from './run-program.js';

// The built program, training in two worker threads.
const folder = mkdtempSync(join(tmpdir(), 'kanrecon-workers-'));
vi.setConfig({ testTimeout: 120_000 });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (line: string, interruptAfter?: string, environment?: Record<string, string>) =>
  runProgram(line.split(' '), folder, interruptAfter, environment);
// 24 images in batches of 5: shares of 3 and 2, and a last batch of 4.
const plain =
  'train --dataset data --image-size 32 --epochs 3 --batch-size 5 --widths 8 --dropout .3 --augment study --workers 2 --clip-norm .5';
const train = `${plain} --average-decay .8`;
/** Steps of the three epochs are 5 each; the fault of fail-in-worker.mjs comes in the third. */
const failing = (by: string) => ({
  NODE_OPTIONS: `--import ${new URL('./fail-in-worker.mjs', import.meta.url).href}`,
  FAIL_BY: by,
});

function expectSameRun(name: string) {
  for (const file of ['last/weights.bin', 'last/optimizer.bin', 'best/weights.bin']) {
    const [actual, expected] = [name, 'whole'].map((run) => readFileSync(join(folder, run, file)));
    expect(actual!.equals(expected!), file).toBe(true);
  }
}

beforeAll(async () => {
  expect((await run('synth --out data --shapes 20 --views 2 --size 48 --split .6,.2,.2 --workers 2')).code).toBe(0);
  expect((await run(`${train} --out whole`)).code).toBe(0);
});

describe('train --workers 2', () => {
  it('trains: the loss falls, and the run keeps the number of workers', async () => {
    const losses = readFileSync(join(folder, 'whole/log.jsonl'), 'utf8').trim().split('\n');
    const [first, , last] = losses.map((line) => JSON.parse(line).train_loss as number);
    expect(last).toBeLessThan(first! * 0.9);
    expect(JSON.parse(readFileSync(join(folder, 'whole/config.json'), 'utf8')).experiment.workers).toBe(2);
    const { code, stderr } = await run('train --out whole --resume --workers 3');
    expect(stderr).toContain('--workers cannot be changed when resuming');
    expect(code).toBe(2);
  });

  it('has the average of the weights as its network, and keeps the weights that it goes on from', async () => {
    expect((await run(`${plain} --out plain`)).code).toBe(0);
    const [averaged, alone] = await Promise.all(
      ['whole', 'plain'].map((name) => loadReconstructor(join(folder, name, 'last'))),
    );
    const weights = ({ reconstructor }: typeof averaged) =>
      reconstructor.trainableVariables.map((variable) => variable.dataSync());
    expect(averaged!.optimizerState!.slots.map(({ average }) => average)).toEqual(weights(alone!));
    expect(weights(averaged!)).not.toEqual(weights(alone!));
  });

  it('stops at Ctrl-C with 130, and --resume ends with the very same bytes', async () => {
    expect((await run(`${train} --out halves`, 'epoch 1/3')).code).toBe(130);
    expect((await run('train --out halves --resume')).code).toBe(0);
    expectSameRun('halves');
  });

  it.each([
    ['throw', 'worker 2 of 2 failed: out of luck'],
    ['exit', 'worker 2 of 2 ended unexpectedly with exit code 3'],
  ])('a worker that fails (%s) ends the run with its message; the last checkpoint is whole', async (by, message) => {
    const { code, stderr } = await run(`${train} --out ${by}`, undefined, failing(by));
    expect(stderr).toMatch(
      new RegExp(`training stopped in epoch 3, step \\d: ${message}; go on from the last checkpoint`),
    );
    expect(stderr).not.toMatch(/\n\s+at .*\d+:\d+/);
    expect(code).toBe(1);
    expect((await run(`train --out ${by} --resume`)).code).toBe(0);
    expectSameRun(by);
  });
});
