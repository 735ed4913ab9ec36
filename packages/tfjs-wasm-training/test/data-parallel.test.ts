// The built package, as its users have it: workers import it too.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { type DataParallel, ReplicaError, splitBatch, startDataParallel } from '@kanrecon/tfjs-wasm-training/node';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript: workers load it without a build
import * as network from './replicas/small-network.mjs';

interface Samples {
  images: Float32Array;
  targets: Float32Array;
}

const module = new URL('./replicas/small-replica.mjs', import.meta.url);
const running: DataParallel<Samples, null>[] = [];

async function start(workers: number, setup: object = {}) {
  const training = await startDataParallel<Samples, null>({ module, workers, setup });
  running.push(training);
  return training;
}

/** The batch's samples by worker. */
function shares({ images, targets }: Samples, workers: number, minimum = 1) {
  const pixels = 9 * 9 * 3;
  return splitBatch(targets.length / 2, workers, minimum).map(({ start, end }) => ({
    data: { images: images.slice(start * pixels, end * pixels), targets: targets.slice(start * 2, end * 2) },
    count: end - start,
  }));
}

const trainSteps = async (training: DataParallel<Samples, null>, from: number, to: number, count = 6) => {
  const losses: number[] = [];
  for (let i = from; i < to; i++) {
    losses.push(await training.step(shares(network.samples(count, i), training.workers), null));
  }
  return losses;
};

beforeAll(async () => {
  await tf.setBackend('wasm');
  await enableWasmTraining();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((training) => training.close()));
});

describe('data-parallel training', () => {
  it.each([1, 2, 3])('with %i workers has the gradients and the loss of the whole batch', async (workers) => {
    const training = await start(workers);
    const model: LayersModel = network.createNetwork();
    // Uneven shares for 2 and 3 workers, and fewer samples than workers.
    for (const count of [7, 2]) {
      const batch = network.samples(count, count);
      // The replicas have moved on after the first step.
      const { weights } = (await training.ask('state')) as { weights: { data: Float32Array; shape: number[] }[] };
      model.setWeights(weights.map(({ data, shape }) => tf.tensor(data, shape)));
      const expected = network.lossAndGradients(model, batch.images, batch.targets);
      const whole: number[] = expected.gradients.flatMap((gradient: tf.Tensor) => [...gradient.dataSync()]);
      const loss = await training.step(shares(batch, workers), null);
      const averaged = (await training.ask('gradients', workers - 1)) as number[];
      expect(Math.abs(loss - expected.loss) / expected.loss).toBeLessThan(1e-6);
      const scale = Math.max(...whole.map(Math.abs));
      expect(scale).toBeGreaterThan(0.01);
      expect(averaged).toHaveLength(whole.length);
      expect(Math.max(...averaged.map((value, i) => Math.abs(value - whole[i]!))) / scale).toBeLessThan(1e-5);
      if (workers === 1) expect(averaged).toEqual(whole);
    }
    model.dispose();
  });

  it('keeps parameters and moving statistics equal to the bit, the same in every run', async () => {
    const sums: string[] = [];
    for (let run = 0; run < 2; run++) {
      const training = await start(2, { network: { batchNorm: true } });
      const before = await training.checksum();
      await trainSteps(training, 0, 5, 5);
      const after = await training.checksum(); // throws where they differ
      expect(after).not.toBe(before);
      sums.push(after);
    }
    expect(sums[0]).toBe(sums[1]);
  });

  it('averages what BatchNorm collects over the shares', async () => {
    const setup = { network: { batchNorm: true } };
    const batch = network.samples(5, 3);
    const training = await start(2, setup);
    await training.step(shares(batch, 2), null);
    const { weights } = (await training.ask('state', 1)) as { weights: { data: Float32Array }[] };
    // A model's trainable weights come first: the last two are the moving mean and variance.
    const collected = weights.slice(-2).flatMap(({ data }) => [...data]);
    const parts = shares(batch, 2).map(({ data, count }) => {
      const model = network.createNetwork(setup.network);
      network.lossAndGradients(model, data.images, data.targets);
      const values = network.statisticsOf(model).flatMap((value: tf.Tensor) => [...value.dataSync()]);
      model.dispose();
      return { values, weight: count / 5 };
    });
    collected.forEach((value, i) => {
      const expected = parts.reduce((sum, { values, weight }) => sum + weight * values[i]!, 0);
      expect(value).toBeCloseTo(expected, 6);
    });
    expect(Math.abs(parts[0]!.values[0] - parts[1]!.values[0])).toBeGreaterThan(1e-4);
  });

  it('goes on from a saved state with the same bits', async () => {
    const setup = { network: { batchNorm: true } };
    const whole = await start(2, setup);
    const losses = await trainSteps(whole, 0, 6);
    const first = await start(2, setup);
    await trainSteps(first, 0, 3);
    const second = await start(2, { ...setup, state: await first.ask('state') });
    expect(await trainSteps(second, 3, 6)).toEqual(losses.slice(3));
    expect(await second.checksum()).toBe(await whole.checksum());
  });

  it('grows neither in tensors nor in memory', async () => {
    const training = await start(2, { network: { batchNorm: true } });
    await trainSteps(training, 0, 3);
    const before = await Promise.all([training.ask('memory', 0), training.ask('memory', 1)]);
    await trainSteps(training, 3, 100);
    expect(await Promise.all([training.ask('memory', 0), training.ask('memory', 1)])).toEqual(before);
  });
});

describe('a worker that fails', () => {
  const endsWith = async (kind: string, rank: number, message: RegExp) => {
    const training = await start(2, { fault: { kind, rank, step: 3 } });
    await trainSteps(training, 0, 2);
    const failure = trainSteps(training, 2, 12);
    await expect(failure).rejects.toThrow(ReplicaError);
    await expect(failure).rejects.toThrow(message);
    await expect(training.checksum()).rejects.toThrow(message);
  };

  it('by an exception ends the training with its message, whichever worker it is', async () => {
    await endsWith('throw', 0, /^worker 1 of 2 failed: out of luck$/);
    await endsWith('throw', 1, /^worker 2 of 2 failed: out of luck$/);
  });

  it('by leaving ends the training with its exit code', () =>
    endsWith('exit', 1, /^worker 2 of 2 ended unexpectedly with exit code 7$/));

  it('by an exception outside of a step ends the training too', () =>
    endsWith('late', 0, /^worker 1 of 2 failed: out of time$/));

  it('while it is built, or because its module is missing', async () => {
    await expect(start(2, { fault: { kind: 'build', rank: 1 } })).rejects.toThrow(
      'worker 2 of 2 failed: no such network',
    );
    const missing = new URL('./replicas/missing.mjs', import.meta.url);
    await expect(startDataParallel({ module: missing, workers: 1 })).rejects.toThrow(/Cannot find module/);
  });
});

describe('startDataParallel', () => {
  it('refuses what cannot be meant', async () => {
    await expect(start(2, { unequal: true })).rejects.toThrow(/replicas begin with different parameters/);
    await expect(start(0)).rejects.toThrow('expected a whole number from 1, got 0');
    const training = await start(1);
    await expect(training.step([], null)).rejects.toThrow(/wrong shares/);
    await expect(training.ask('state', 1)).rejects.toThrow('there is no worker 1; expected 0 to 0');
    await training.close();
    await expect(training.checksum()).rejects.toThrow('closed');
  });

  it.skipIf(Number(process.versions.node.split('.')[0]) >= 22)(
    'has relaxed SIMD in the workers once the program switched it on (Node 20)',
    () => {
      const script = (flag: string) => `import { setFlagsFromString } from 'node:v8'; ${flag}
        import { startDataParallel } from '@kanrecon/tfjs-wasm-training/node';
        const training = await startDataParallel({ module: ${JSON.stringify(fileURLToPath(module))}, workers: 2, setup: {} });
        console.log(await training.ask('relaxedSimd', 1)); await training.close();`;
      const cwd = fileURLToPath(new URL('.', import.meta.url));
      const run = (flag: string) => {
        const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script(flag)], {
          cwd,
          encoding: 'utf8',
        });
        return stdout.trim().split('\n').at(-1) || stderr;
      };
      expect(run('')).toBe('false');
      expect(run("setFlagsFromString('--experimental-wasm-relaxed-simd');")).toBe('true');
    },
  );
});

describe('splitBatch', () => {
  const sizes = (...args: Parameters<typeof splitBatch>) => splitBatch(...args).map(({ start, end }) => end - start);

  it('is even, in order and complete', () => {
    expect(splitBatch(7, 3)).toEqual([
      { start: 0, end: 3 },
      { start: 3, end: 5 },
      { start: 5, end: 7 },
    ]);
    expect(sizes(2, 4)).toEqual([1, 1, 0, 0]);
    expect(sizes(3, 2, 2)).toEqual([3, 0]);
    expect(sizes(5, 2, 2)).toEqual([3, 2]);
    expect(sizes(0, 2)).toEqual([0, 0]);
    expect(() => splitBatch(4, 0)).toThrow('workers is wrong; expected a whole number from 1, got 0');
  });
});
