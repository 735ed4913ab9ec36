import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { kernelError, randomValues, relativeError, runKernel, startBackends } from './backends.js';

const TOLERANCE = 5e-6;

beforeAll(startBackends);

describe('pooling gradients', () => {
  const shapes = fc.record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    channels: fc.integer({ min: 1, max: 18 }),
    size: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    stride: fc.integer({ min: 1, max: 3 }),
    pad: fc.constantFrom<'same' | 'valid'>('same', 'valid'),
  });

  it('give each maximum its gradient, also where all values are negative', () => {
    fc.assert(
      fc.property(shapes, ({ batch, height, width, channels, size, stride, pad }) => {
        const attributes = { filterSize: size, strides: [stride, stride], pad };
        const x = randomValues([batch, height, width, channels], 1);
        for (let i = 0; i < x.data.length; i++) x.data[i]! -= 2;
        if (pad === 'valid' && (height < size[0] || width < size[1])) return;
        const output = runKernel('cpu', 'MaxPool', { x }, attributes)[0]!;
        const dy = randomValues(output.shape, 2);
        expect(kernelError('MaxPoolGrad', { dy, input: x, output }, attributes)).toBeLessThan(TOLERANCE);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('agree with the cpu backend on average pooling without padding', () => {
    for (const [size, stride, channels] of [
      [2, 2, 5],
      [3, 1, 8],
      [3, 2, 17],
    ] as const) {
      const attributes = { filterSize: [size, size], strides: [stride, stride], pad: 'valid' };
      const input = randomValues([2, 7, 9, channels], 1);
      const dy = randomValues(runKernel('cpu', 'AvgPool', { x: input }, attributes)[0]!.shape, 2);
      expect(kernelError('AvgPoolGrad', { dy, input }, attributes)).toBeLessThan(TOLERANCE);
    }
  });
});

describe('matrix products', () => {
  it('agree for all transposes, sizes and broadcast batches', () => {
    const size = fc.integer({ min: 1, max: 40 });
    const batches = fc.constantFrom(
      [[], []],
      [[3], [3]],
      [[1], [4]],
      [
        [2, 3],
        [2, 3],
      ],
    );
    const cases = fc.record({ m: size, k: size, n: size, batches, transposeA: fc.boolean(), transposeB: fc.boolean() });
    fc.assert(
      fc.property(cases, ({ m, k, n, batches: [aBatch, bBatch], transposeA, transposeB }) => {
        const a = randomValues([...aBatch!, ...(transposeA ? [k, m] : [m, k])], 1);
        const b = randomValues([...bBatch!, ...(transposeB ? [n, k] : [k, n])], 2);
        expect(kernelError('BatchMatMul', { a, b }, { transposeA, transposeB })).toBeLessThan(TOLERANCE);
        if (aBatch!.length !== 1) return;
        for (const activation of ['linear', 'relu', 'relu6']) {
          const inputs = { a, b, bias: randomValues([n], 3) };
          const error = kernelError('_FusedMatMul', inputs, { transposeA, transposeB, activation });
          expect(error, activation).toBeLessThan(TOLERANCE);
        }
      }),
      { numRuns: 80, seed: 5 },
    );
  });

  it('broadcast both sides at once (the cpu backend does not)', () => {
    const a = randomValues([2, 1, 3, 4], 1);
    const b = randomValues([1, 3, 4, 5], 2);
    const product = runKernel('wasm', 'BatchMatMul', { a, b }, { transposeA: false, transposeB: false })[0]!;
    expect(product.shape).toEqual([2, 3, 3, 5]);
    for (let i = 0; i < 6; i++) {
      const left = { data: a.data.slice(Math.floor(i / 3) * 12).slice(0, 12), shape: [3, 4] };
      const right = { data: b.data.slice((i % 3) * 20).slice(0, 20), shape: [4, 5] };
      const attributes = { transposeA: false, transposeB: false };
      const expected = runKernel('cpu', 'BatchMatMul', { a: left, b: right }, attributes)[0]!;
      const actual = { data: product.data.slice(i * 15, i * 15 + 15), shape: [3, 5] };
      expect(relativeError(actual, expected)).toBeLessThan(TOLERANCE);
    }
  });
});

describe('what the new kernels do not cover', () => {
  it('goes to the stock kernel', () => {
    const [a, b, bias] = [randomValues([1, 3, 4], 1), randomValues([1, 4, 5], 2), randomValues([5], 3)];
    const attributes = { transposeA: false, transposeB: false, activation: 'sigmoid' };
    expect(kernelError('_FusedMatMul', { a, b, bias }, attributes)).toBeLessThan(TOLERANCE);
    const [x, filter] = [randomValues([1, 5, 5, 4], 4), randomValues([3, 3, 4, 5], 5)];
    const conv = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1], activation: 'sigmoid' };
    expect(kernelError('FusedConv2D', { x, filter, bias }, conv)).toBeLessThan(TOLERANCE);
  });
});

describe('reductions', () => {
  it('agree on every combination of axes', () => {
    const shape = [2, 5, 3, 19];
    const x = randomValues(shape, 1);
    for (let mask = 1; mask < 16; mask++) {
      const axis = [0, 1, 2, 3].filter((i) => mask & (1 << i));
      for (const keepDims of [false, true]) {
        for (const kernel of ['Sum', 'Mean']) {
          expect(kernelError(kernel, { x }, { axis, keepDims }), `${kernel} over ${axis}`).toBeLessThan(TOLERANCE);
        }
      }
    }
  });

  it('stay exact over many rows', () => {
    const x = randomValues([40_000, 6], 1);
    for (let i = 0; i < x.data.length; i++) x.data[i]! += 10;
    const exact = new Float64Array(6);
    for (let i = 0; i < x.data.length; i++) exact[i % 6]! += x.data[i]!;
    const expected = { data: Float32Array.from(exact), shape: [6] };
    expect(relativeError(runKernel('wasm', 'Sum', { x }, { axis: 0, keepDims: false })[0]!, expected)).toBeLessThan(
      2e-7,
    );
  });
});

describe('BatchNorm', () => {
  it('agrees with and without scale and offset, for any number of channels', () => {
    for (const channels of [1, 3, 8, 17, 32]) {
      const x = randomValues([2, 4, 5, channels], 1);
      const [mean, offset, scale] = [2, 3, 4].map((seed) => randomValues([channels], seed));
      const variance = randomValues([channels], 5);
      for (let i = 0; i < channels; i++) variance.data[i] = 1.5 + variance.data[i]!;
      for (const inputs of [
        { x, mean, variance, offset, scale },
        { x, mean, variance, offset },
        { x, mean, variance, scale },
        { x, mean, variance },
      ]) {
        expect(kernelError('FusedBatchNorm', inputs, { varianceEpsilon: 1e-3 })).toBeLessThan(TOLERANCE);
      }
    }
  });
});

describe('copies', () => {
  it('Concat and SplitV agree along every axis, for floats, integers and booleans', () => {
    for (const dtype of ['float32', 'int32', 'bool'] as const) {
      for (const axis of [0, 1, 2, -1]) {
        const wide = [4, 6, 5];
        const narrow = [...wide];
        narrow[(axis + 3) % 3] = 2;
        const results = ['cpu', 'wasm'].map((backend) => {
          tf.setBackend(backend);
          return tf.tidy(() => {
            const make = (shape: number[], seed: number) =>
              tf.tensor(
                randomValues(shape, seed).data.map((v) => Math.round(v + 0.6)),
                shape,
                dtype,
              );
            const joined = tf.concat([make(wide, 1), make(narrow, 2), make(wide, 3)], axis);
            const length = wide[(axis + 3) % 3]!;
            const parts = tf.split(joined, [length, 2, length], axis);
            return [joined, ...parts].map((tensor) => [tensor.shape, Array.from(tensor.dataSync())]);
          });
        });
        expect(results[1]).toEqual(results[0]);
      }
    }
  });

  it('Identity and a cast to the same type share the buffer, and free it once', () => {
    tf.setBackend('wasm');
    const before = tf.memory();
    const x = tf.tensor1d([1, 2, 3]);
    const copy = tf.clone(x);
    const cast = tf.cast(copy, 'float32');
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers + 1);
    x.dispose();
    copy.dispose();
    expect(Array.from(cast.dataSync())).toEqual([1, 2, 3]);
    cast.dispose();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
  });
});
