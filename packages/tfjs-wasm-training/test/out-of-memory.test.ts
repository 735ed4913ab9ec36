import * as tf from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fusedAdamWStep, fusedApply, leanVariableGrads } from '../src/index.js';
import { randomValues, startBackends } from './backends.js';
import { fillHeap, wasmBackend } from './full-heap.js';
import { smallNetwork } from './small-network.js';

const MB = 2 ** 20;
const REFUSAL = /^wasm backend: out of memory; expected room for .*, got a heap of \d{4} MB, .* Use a smaller batch/;

beforeAll(startBackends);

let empty = () => {};
afterEach(() => empty());

/** Takes a step on a batch that repeats two images `repeats` times, which gives the same loss and weights whatever its size. */
type Step = (model: layers.Sequential, x: tf.Tensor, y: tf.Tensor) => Promise<number> | number;

const loss = (x: tf.Tensor, y: tf.Tensor, apply: (x: tf.Tensor) => tf.Tensor) => () =>
  tf.losses.meanSquaredError(y, apply(x)) as tf.Scalar;
const plain = (model: layers.Sequential) => (x: tf.Tensor) => model.apply(x, { training: true }) as tf.Tensor;

const steps: Record<string, Step> = {
  trainOnBatch: async (model, x, y) => ((await model.trainOnBatch(x, y)) as number[])[0]!,
  fit: async (model, x, y) => {
    const options = { batchSize: x.shape[0]!, epochs: 1, shuffle: false, verbose: 0 as const };
    return ((await model.fit(x, y, options)).history['loss'] as number[])[0]!;
  },
  'optimizer.minimize': (model, x, y) => {
    const value = model.optimizer.minimize(loss(x, y, plain(model)), true)!;
    const number = value.dataSync()[0]!;
    value.dispose();
    return number;
  },
  'tf.variableGrads': (model, x, y) => {
    const { value, grads } = tf.variableGrads(loss(x, y, plain(model)));
    return applied(model, value, grads);
  },
  'leanVariableGrads and fusedApply': (model, x, y) => {
    const fused = loss(x, y, (input) => fusedApply(model, input) as tf.Tensor);
    const { value, grads } = leanVariableGrads(fused);
    return applied(model, value, grads);
  },
};

function applied(model: layers.Sequential, value: tf.Scalar, grads: tf.NamedTensorMap): number {
  model.optimizer.applyGradients(grads);
  const number = value.dataSync()[0]!;
  tf.dispose([value, grads]);
  return number;
}

describe('a step near the end of the 4 GB heap is right or refused, and a refusal changes and keeps nothing', () => {
  it.each(Object.keys(steps))('%s', async (name) => {
    const model = smallNetwork();
    model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError', metrics: ['mse'] });
    const [image, target] = [randomValues([2, 14, 13, 3], 1), randomValues([2, 3], 2)];
    const weights = () => model.weights.map((weight) => weight.read().dataSync<'float32'>());
    const start = weights();
    const reset = () =>
      tf.tidy(() => model.setWeights(start.map((values, i) => tf.tensor(values, model.weights[i]!.read().shape))));
    const step = async (repeats: number) => {
      const [x, y] = tf.tidy(() => [
        tf.tile(tf.tensor(image.data, image.shape), [repeats, 1, 1, 1]),
        tf.tile(tf.tensor(target.data, target.shape), [repeats, 1]),
      ]) as [tf.Tensor, tf.Tensor];
      try {
        return await steps[name]!(model, x, y);
      } finally {
        tf.dispose([x, y]);
      }
    };
    const expected = await step(1);
    const trained = weights();
    const checkFit = async (repeats: number) => {
      reset();
      expect(Math.abs((await step(repeats)) - expected) / expected).toBeLessThan(1e-5);
      weights().forEach((values, i) => {
        values.forEach((value, j) => {
          expect(Math.abs(value - trained[i]![j]!)).toBeLessThan(1e-5);
        });
      });
    };

    empty = fillHeap(24 * MB);
    await checkFit(16);
    let [taken, refused] = [0, 0];
    for (let repeats = 64; repeats < 2100; repeats = Math.round(repeats * 1.21)) {
      reset();
      const before = { ...tf.memory(), dataIds: wasmBackend().numDataIds() };
      try {
        await step(repeats);
        taken++;
      } catch (error) {
        expect(String((error as Error).message)).toMatch(REFUSAL);
        refused++;
        expect(weights()).toEqual(start);
        expect({ ...tf.memory(), dataIds: wasmBackend().numDataIds() }).toEqual(before);
        expect(tf.engine().state).toMatchObject({ gradientDepth: 0, kernelDepth: 0, scopeStack: [], activeTape: null });
        await checkFit(16);
        continue;
      }
      await checkFit(repeats);
    }
    expect(taken).toBeGreaterThan(2);
    expect(refused).toBeGreaterThan(2);
    empty();
    model.dispose();
  });
});

describe('a full heap', () => {
  it('gives out blocks that lie within the memory and apart, whatever was freed before', () => {
    const { wasm } = wasmBackend();
    let state = 12345;
    const random = () => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return state / 0x7fffffff;
    };
    const blocks = new Map<number, number>();
    let refusals = 0;
    for (let i = 0; i < 4000; i++) {
      const addresses = [...blocks.keys()];
      if (addresses.length > 0 && random() < 0.45) {
        const address = addresses[Math.floor(random() * addresses.length)]!;
        blocks.delete(address);
        wasm._free(address);
        continue;
      }
      const bytes = Math.ceil(Math.exp(random() * Math.log(900 * MB)));
      try {
        blocks.set(wasm._malloc(bytes) >>> 0, bytes);
      } catch (error) {
        expect(String(error)).toMatch(/out of memory/);
        refusals++;
      }
    }
    const sorted = [...blocks].sort(([a], [b]) => a - b);
    sorted.forEach(([address, bytes], i) => {
      expect(address + bytes).toBeLessThanOrEqual(sorted[i + 1]?.[0] ?? wasm.HEAPU8.length);
    });
    expect(refusals).toBeGreaterThan(100);
    for (const [address] of blocks) wasm._free(address);
  });

  it('refuses what is larger than any heap, and what does not fit from another backend, which keeps it', async () => {
    expect(() => tf.zeros([40000, 40000])).toThrow();
    expect(() => wasmBackend().makeOutput([40000, 40000], 'float32')).toThrow(REFUSAL);
    tf.setBackend('cpu');
    const x = tf.fill([512, 1024, 4], 3);
    tf.setBackend('wasm');
    empty = fillHeap(MB);
    expect(() => tf.neg(x)).toThrow(REFUSAL);
    empty();
    expect(tf.tidy(() => tf.max(tf.neg(x)).dataSync()[0])).toBe(-3);
    x.dispose();
  });

  it('frees what a kernel made before it failed, and a gradient without an optimizer its loss', () => {
    const before = { ...tf.memory(), dataIds: 0 };
    const x = tf.zeros([8, 256, 1024]);
    empty = fillHeap(5 * MB);
    const dataIds = wasmBackend().numDataIds();
    // The first parts fit, the last ones do not.
    expect(() => tf.split(x, 8)).toThrow(REFUSAL);
    const grow = tf.grad((input: tf.Tensor) => tf.sum(tf.square(tf.slice(input, [0, 0, 0], [1, 256, 1024]))));
    expect(() => grow(x)).toThrow(REFUSAL);
    expect(wasmBackend().numDataIds()).toBe(dataIds);
    empty();
    x.dispose();
    expect({ ...tf.memory(), dataIds: 0 }).toEqual(before);
  });

  it('has room left for what stock kernels allocate inside, and says so when they find none', () => {
    const { wasm } = wasmBackend();
    const x = tf.tensor4d(randomValues([1, 40, 40, 8], 3).data, [1, 40, 40, 8]);
    const pooled = (size: number) => tf.tidy(() => tf.image.resizeBilinear(x, [size, size]).dataSync());
    const expected = pooled(90);
    // An operator of a new size makes its tables anew.
    const other = tf.tidy(() => tf.maxPool(x, 5, 1, 'same').dataSync());
    empty = fillHeap(MB);
    expect(pooled(90)).toEqual(expected);
    expect(tf.tidy(() => tf.maxPool(x, 5, 1, 'same').dataSync())).toEqual(other);
    // Past the guard, everything that is left:
    const rest: number[] = [];
    for (let bytes = 64 * MB; bytes >= 1024; bytes /= 2) {
      for (let address = wasm.asm.malloc(bytes); address !== 0; address = wasm.asm.malloc(bytes)) rest.push(address);
    }
    const memory = tf.memory().numTensors;
    expect(() => pooled(91)).toThrow(REFUSAL);
    expect(tf.memory().numTensors).toBe(memory);
    for (const address of rest) wasm.asm.free(address);
    empty();
    expect(pooled(90)).toEqual(expected);
    x.dispose();
  });

  it('is refused to a stock kernel that would need much inside, before it runs', () => {
    const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    const corner = (size: number) =>
      tf.tidy(() => tf.slice(tf.image.resizeBilinear(x, [size, size]), [0, 0, 0, 0], [1, 1, 1, 1]).dataSync()[0]);
    // The result of the larger one has 13 MB and would fit; its pointers and weights have six times that, the tail's 64 MB are less.
    empty = fillHeap(16 * MB);
    expect(corner(900)).toBe(1);
    expect(() => corner(1800)).toThrow(REFUSAL);
    expect(corner(900)).toBe(1);
    empty();
    expect(corner(1800)).toBe(1);
    x.dispose();
  });

  it('leaves weights and moments alone when the optimizer itself finds no room', () => {
    const size = 1024 * 1024;
    const w = tf.variable(tf.fill([size], 0.5));
    const v = tf.variable(tf.fill([size], 0.25));
    const optimizer = tf.train.adam(0.1);
    const objective = () => tf.add(tf.sum(tf.square(w)), tf.sum(tf.square(v))) as tf.Scalar;
    optimizer.minimize(objective);
    const values = () => [w, v].map((variable) => variable.dataSync()[7]);
    const before = values();
    const iterations = optimizer.iterations;
    // Both gradients and the first variable's step fit.
    let refused = 0;
    for (let room = 12; room < 60; room += 4) {
      empty = fillHeap(room * MB);
      const memory = tf.memory();
      try {
        optimizer.minimize(objective);
        empty();
        break;
      } catch (error) {
        refused++;
        expect(String((error as Error).message)).toMatch(REFUSAL);
        // Old values are given up only if that makes the step fit; else they are all there.
        if (!String(error).includes('load the weights again')) {
          expect(values()).toEqual(before);
          expect(optimizer.iterations).toBe(iterations);
        }
        expect(tf.memory()).toEqual(memory);
      }
      empty();
    }
    expect(refused).toBeGreaterThan(2);
    optimizer.dispose();
    tf.dispose([w, v]);
  });

  it('does not disturb what a loss function keeps for later steps', () => {
    const w = tf.variable(tf.tensor1d([1, 2]));
    let mask: tf.Tensor | undefined;
    const big = tf.zeros([4 * MB]);
    const objective = () => {
      mask ??= tf.keep(tf.add(tf.tensor1d([1, 0]), 1));
      const scaled = tf.mul(big, tf.slice(w, 0, 1));
      return tf.add(tf.sum(tf.mul(w, mask)), tf.sum(scaled)) as tf.Scalar;
    };
    empty = fillHeap(MB);
    expect(() => tf.variableGrads(objective, [w])).toThrow(REFUSAL);
    empty();
    const { value, grads } = tf.variableGrads(objective, [w]);
    expect(value.dataSync()[0]).toBe(4);
    expect(Array.from(grads[w.name]!.dataSync())).toEqual([2, 1]);
    tf.dispose([value, grads, w, big, mask!]);
  });

  it('lets a fused AdamW step go on afterwards', () => {
    const w = tf.variable(tf.tensor1d([1, 2]));
    const moments = [0, 0].map(() => tf.variable(tf.zeros([2]), false)) as [tf.Variable, tf.Variable];
    empty = fillHeap(MB);
    const gradient = tf.tensor1d([0.5, -0.5]);
    const [firstMoment, secondMoment] = moments;
    fusedAdamWStep(
      { parameter: w, gradient, firstMoment, secondMoment },
      { step: 1, learningRate: 0.1, weightDecay: 0 },
    );
    expect(w.dataSync()[0]).toBeCloseTo(0.9, 6);
    empty();
    tf.dispose([w, gradient, ...moments]);
  });
});
