import * as tf from '@tensorflow/tfjs-core';
import { backend_util } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { concatConv2d, fusedConv2d } from '../src/index.js';
import { winogradPays } from '../src/run-winograd.js';
import { randomValues, runKernel, startBackends, type Values } from './backends.js';

const SHAPES = { x: [3, 13, 14, 8], filter: [3, 3, 8, 12] };
const PADS = [
  'same',
  'valid',
  [
    [0, 0],
    [4, 2],
    [1, 5],
    [0, 0],
  ],
] as const;
const BIAS = randomValues([12], 3);

beforeAll(startBackends);

// The cpu backend adds the products one after the other: where all are 0, so is its sum.
describe("Winograd's outputs whose products are all 0", () => {
  for (const pad of PADS) {
    it(`are exactly 0, and with a bias exactly the bias, with padding ${JSON.stringify(pad)}`, () => {
      const [x, filter] = [islands(SHAPES.x, 1), randomValues(SHAPES.filter, 2)];
      const attributes = { strides: [1, 1], pad, dataFormat: 'NHWC', dilations: [1, 1] };
      expect(winogradPays(describeConv(pad))).toBe(true);
      expect(zeroFault('Conv2D', { x, filter }, attributes)).toEqual({ zeros: expect.any(Number), others: 0 });
      for (const activation of ['linear', 'relu', 'relu6']) {
        const plain = runKernel('cpu', 'Conv2D', { x, filter }, attributes)[0]!;
        const withBias = runKernel('wasm', 'FusedConv2D', { x, filter, bias: BIAS }, { ...attributes, activation })[0]!;
        const wrong = [...withBias.data].filter((value, i) => {
          const bias = BIAS.data[i % 12]!;
          return plain.data[i] === 0 && value !== (activation === 'linear' ? bias : Math.max(0, bias));
        });
        expect(wrong, activation).toEqual([]);
      }
    });

    it(`of the input gradient are exactly 0 with padding ${JSON.stringify(pad)}`, () => {
      const dy = islands(describeConv(pad).outShape, 4);
      const filter = randomValues(SHAPES.filter, 2);
      const attributes = { strides: [1, 1], pad, dataFormat: 'NHWC', inputShape: SHAPES.x };
      const fault = zeroFault('Conv2DBackpropInput', { dy, filter }, attributes);
      expect(fault.zeros).toBeGreaterThan(500);
      expect(fault.others).toBe(0);
    });
  }

  it('of the filter gradient are exactly 0 for channels that are 0 everywhere', () => {
    const [x, dy] = [randomValues(SHAPES.x, 1), randomValues([3, 13, 14, 12], 4)];
    x.data.forEach((_, i) => {
      if (i % 8 === 3) x.data[i] = 0;
    });
    dy.data.forEach((_, i) => {
      if (i % 12 === 7) dy.data[i] = 0;
    });
    const attributes = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', filterShape: SHAPES.filter };
    const fault = zeroFault('Conv2DBackpropFilter', { x, dy }, attributes);
    expect(fault).toEqual({ zeros: 9 * (12 + 8 - 1), others: 0 });
  });

  it('are exactly 0 where weights are 0: pruned ones, masked ones, groups', () => {
    type Weight = (tap: number, from: number, to: number) => boolean;
    type Pixel = (row: number, column: number, channel: number) => boolean;
    const cases: Record<string, [isZeroWeight: Weight, isZeroPixel: Pixel]> = {
      pruned: [(_, from) => from === 2, (row, _, channel) => channel !== 2 && row < 6],
      masked: [(tap) => tap > 4, (row) => row < 6],
      groups: [(_, from, to) => from < 4 !== to < 6, (_, column, channel) => channel < 4 === column < 7],
    };
    for (const [name, [isZeroWeight, isZeroPixel]] of Object.entries(cases)) {
      const [x, filter] = [randomValues(SHAPES.x, 1), randomValues(SHAPES.filter, 2)];
      filter.data.forEach((_, i) => {
        if (isZeroWeight(Math.floor(i / 96), Math.floor(i / 12) % 8, i % 12)) filter.data[i] = 0;
      });
      x.data.forEach((_, i) => {
        if (isZeroPixel(Math.floor(i / 112) % 13, Math.floor(i / 8) % 14, i % 8)) x.data[i] = 0;
      });
      const attributes = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] };
      expect(zeroFault('Conv2D', { x, filter }, attributes).others, name).toBe(0);
    }
  });

  it('are exactly 0 in fusedConv2d and in the branches of concatConv2d, forwards and backwards', () => {
    const [x, dark] = [islands(SHAPES.x, 1), islands([3, 13, 14, 12], 5)].map(toTensor) as [tf.Tensor4D, tf.Tensor4D];
    const filters = [2, 6].map((seed) => toTensor(randomValues(SHAPES.filter, seed)) as tf.Tensor4D);
    const branches = filters.map((filter) => ({ filter, pad: 'same' as const }));
    const joined = concatConv2d(x, [...branches, { filter: toTensor(randomValues([1, 1, 8, 12], 7)) }]);
    const single = fusedConv2d(x, filters[0]!, { pad: 'same' });
    const gradient = tf.grad((image: tf.Tensor) =>
      tf.sum(tf.mul(concatConv2d(image as tf.Tensor4D, branches), tf.concat([dark, dark], 3))),
    )(x);
    const onCpu = [
      ...filters.map((filter) => reference('Conv2D', { x, filter })),
      ...filters.map((filter) => reference('Conv2DBackpropInput', { dy: dark, filter })),
    ];
    const forward = tf.split(joined, 3, 3).slice(0, 2);
    for (const [i, part] of [...forward, single].entries()) {
      expect(compareZeros(part.dataSync(), onCpu[i % 2]!.data).others).toBe(0);
    }
    const both = onCpu[2]!.data.map((value, i) => Math.abs(value) + Math.abs(onCpu[3]!.data[i]!));
    expect(compareZeros(gradient.dataSync(), both)).toEqual({ zeros: expect.any(Number), others: 0 });
  });

  it('stay NaN where a weight is NaN', () => {
    const [x, filter] = [islands(SHAPES.x, 1), randomValues(SHAPES.filter, 2)];
    filter.data[5] = Number.NaN;
    const attributes = { strides: [1, 1], pad: 'valid', dataFormat: 'NHWC', dilations: [1, 1], activation: 'relu' };
    const [y] = runKernel('wasm', 'FusedConv2D', { x, filter, bias: BIAS }, attributes);
    expect(y!.data.filter((_, i) => i % 12 === 5).every(Number.isNaN)).toBe(true);
    expect(y!.data.filter((_, i) => i % 12 !== 5).some(Number.isNaN)).toBe(false);
  });
});

/** Zeros, but for some blobs of pixels and single ones. Some of the zeros are −0. */
function islands(shape: number[], seed: number): Values {
  const values = randomValues(shape, seed);
  const [, height, width, channels] = shape as [number, number, number, number];
  for (let i = 0; i < values.data.length; i++) {
    const pixel = Math.floor(i / channels);
    const [x, y] = [pixel % width, Math.floor(pixel / width) % height];
    const blob = x > 2 && x < 6 && y < 5;
    const single = (x * 5 + y * 3 + Math.floor(pixel / width / height)) % 31 === 0;
    if (!blob && !single) values.data[i] = i % 2 ? 0 : -0;
  }
  return values;
}

function zeroFault(kernel: string, inputs: Record<string, Values>, attributes: object) {
  const [expected, actual] = ['cpu', 'wasm'].map((backend) => runKernel(backend, kernel, inputs, attributes)[0]!);
  return compareZeros(actual!.data, expected!.data);
}

/** How many values are 0, and how many of these came out as something else. */
function compareZeros(actual: ArrayLike<number>, expected: ArrayLike<number>) {
  let [zeros, others] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    if (expected[i] !== 0) continue;
    zeros++;
    if (actual[i] !== 0) others++;
  }
  expect(actual.length).toBe(expected.length);
  expect(zeros).toBeGreaterThan(0);
  return { zeros, others };
}

function reference(kernel: string, tensors: Record<string, tf.Tensor>): Values {
  const inputs = Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      { data: tensor.dataSync<'float32'>(), shape: tensor.shape },
    ]),
  );
  const attributes = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1], inputShape: SHAPES.x };
  return runKernel('cpu', kernel, inputs, attributes)[0]!;
}

function toTensor({ data, shape }: Values): tf.Tensor {
  return tf.tensor(data, shape);
}

function describeConv(pad: (typeof PADS)[number]): backend_util.Conv2DInfo {
  const shapes = [SHAPES.x, SHAPES.filter] as [[number, number, number, number], [number, number, number, number]];
  return backend_util.computeConv2DInfo(...shapes, 1, 1, pad as unknown as 'same');
}
