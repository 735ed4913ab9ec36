import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomValues, startBackends } from './backends.js';
import { randomNumbers } from './random-numbers.js';

/*
 * Gradients of operations whose kernels are the stock ones, or were until they turned out to be wrong, against finite differences
 * of the cpu backend's forward pass.
 */

beforeAll(startBackends);

type Shape = number[];
/** Values of either sign away from zero, positive ones, or distinct ones that are mostly negative and far apart. */
type Kind = 'signed' | 'positive' | 'distinct' | 'tiny';
type Case = [name: string, f: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: [Shape, Kind][]];

function valuesOf(shape: Shape, kind: Kind, seed: number): Float32Array {
  const { data } = randomValues(shape, seed);
  if (kind === 'positive') return data.map((value) => 0.3 + (value + 1) / 2);
  if (kind === 'tiny') return data.map((value) => value / 1000);
  if (kind === 'signed') return data.map((value) => value + Math.sign(value) * 0.2);
  const order = Array.from(randomNumbers(data.length, seed), (key, i) => ({ key, i })).sort((a, b) => a.key - b.key);
  order.forEach(({ i }, rank) => {
    data[i] = ((rank - 0.75 * data.length) / data.length) * 6;
  });
  return data;
}

const image: [Shape, Kind] = [[2, 4, 5, 3], 'signed'];
const table: [Shape, Kind] = [[4, 4, 4], 'signed'];
const cases: Case[] = [];

for (const axis of [0, 1, 2]) {
  for (const exclusive of [false, true]) {
    for (const reverse of [false, true]) {
      // Equal sizes: tfjs transposes the gradient, which only shapes would betray.
      cases.push([
        `cumsum over ${axis}, ${exclusive}, ${reverse}`,
        (x) => tf.cumsum(x!, axis, exclusive, reverse),
        [table],
      ]);
    }
  }
}
for (const mode of ['reflect', 'symmetric'] as const) {
  cases.push([
    `mirrorPad ${mode}`,
    (x) =>
      tf.mirrorPad(
        x!,
        [
          [1, 2],
          [3, 0],
          [0, 1],
        ],
        mode,
      ),
    [table],
  ]);
}
for (const size of [
  [7, 9],
  [3, 2],
  [1, 1],
  [8, 10],
] as [number, number][]) {
  for (const [align, half] of [
    [false, false],
    [true, false],
    [false, true],
  ] as [boolean, boolean][]) {
    const name = `to ${size}${align ? ', corners aligned' : ''}${half ? ', half-pixel centres' : ''}`;
    cases.push([
      `resizeBilinear ${name}`,
      (x) => tf.image.resizeBilinear(x as tf.Tensor4D, size, align, half),
      [image],
    ]);
    cases.push([
      `resizeNearestNeighbor ${name}`,
      (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, size, align, half),
      [image],
    ]);
  }
}
for (const pad of ['same', 'valid'] as const) {
  for (const [strides, dilations] of [
    [1, 1],
    [2, 1],
    [1, 2],
  ] as [number, number][]) {
    cases.push([
      `dilation2d ${pad}, stride ${strides}, dilation ${dilations}`,
      (x, w) => tf.dilation2d(x as tf.Tensor4D, w as tf.Tensor3D, strides, pad, dilations),
      [
        [[1, 5, 5, 2], 'distinct'],
        [[2, 2, 2], 'tiny'],
      ],
    ]);
  }
  for (const strides of [1, 2]) {
    const out = pad === 'same' ? [2 * strides, 3 * strides, 2 * strides] : [strides + 2, 2 * strides + 2, strides + 2];
    cases.push([
      `conv3dTranspose ${pad}, stride ${strides}`,
      (x, w) =>
        tf.conv3dTranspose(
          x as tf.Tensor5D,
          w as tf.Tensor5D,
          [1, ...out, 2] as [number, number, number, number, number],
          strides as never,
          pad,
        ),
      [
        [[1, 2, 3, 2, 3], 'signed'],
        [[2, 2, 2, 2, 3], 'signed'],
      ],
    ]);
  }
}
for (const [size, strides] of [
  [[2, 3], 1],
  [[3, 2], 2],
  [[2, 2], 1],
  [[3, 3], 2],
] as [[number, number], number][]) {
  const name = `${size}, stride ${strides}, padded by 1`;
  cases.push([
    `maxPool ${name}`,
    (x) => tf.maxPool(x as tf.Tensor4D, size, strides, 1, 'floor'),
    [[[2, 5, 6, 3], 'distinct']],
  ]);
  cases.push([`avgPool ${name}`, (x) => tf.avgPool(x as tf.Tensor4D, size, strides, 1, 'floor'), [image]]);
}
for (const radius of [1, 2, 5]) {
  for (const beta of [0.5, 1]) {
    const normalise = (x: tf.Tensor | undefined) =>
      tf.localResponseNormalization(x as tf.Tensor4D, radius, 1, 0.5, beta);
    cases.push([`localResponseNormalization ${radius}, ${beta}`, normalise, [[[1, 2, 3, 6], 'signed']]]);
  }
}
cases.push(
  ['elu', (x) => tf.elu(x!), [table]],
  ['prelu', (x, alpha) => tf.prelu(x!, alpha!), [table, [[4, 1], 'positive']]],
  ['prelu, a slope a channel', (x, alpha) => tf.prelu(x!, alpha!), [table, [[1, 4], 'positive']]],
  ['leakyRelu', (x) => tf.leakyRelu(x!, 0.1), [table]],
  ['selu', (x) => tf.selu(x!), [table]],
  ['softmax', (x) => tf.softmax(x!), [table]],
  ['logSoftmax', (x) => tf.logSoftmax(x!), [table]],
  ['logSumExp', (x) => tf.logSumExp(x!, [0, 2]), [table]],
  ['max', (x) => tf.max(x!, [0, 2]), [[[3, 4, 5], 'distinct']]],
  ['min', (x) => tf.min(x!, 1), [[[3, 4, 5], 'distinct']]],
  [
    'pad',
    (x) =>
      tf.pad(x!, [
        [1, 0],
        [2, 1],
        [0, 3],
      ]),
    [table],
  ],
  ['tile', (x) => tf.tile(x!, [2, 1, 3]), [table]],
  ['reverse', (x) => tf.reverse(x!, [0, 2]), [table]],
  [
    'spaceToBatchND',
    (x) =>
      tf.spaceToBatchND(
        x!,
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    [[[1, 4, 4, 2], 'signed']],
  ],
  [
    'batchToSpaceND',
    (x) =>
      tf.batchToSpaceND(
        x!,
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    [[[4, 2, 2, 2], 'signed']],
  ],
  [
    'pow',
    (x, y) => tf.pow(x!, y!),
    [
      [[3, 4], 'positive'],
      [[3, 4], 'signed'],
    ],
  ],
  [
    'atan2',
    (x, y) => tf.atan2(x!, y!),
    [
      [[3, 4], 'signed'],
      [[3, 4], 'signed'],
    ],
  ],
);

describe('gradients over stock kernels agree with finite differences', () => {
  it.each(cases)('%s', async (_, f, inputs) => {
    const data = inputs.map(([shape, kind], i) => valuesOf(shape, kind, 3 + i));
    const tensors = (values: Float32Array[]) => values.map((part, i) => tf.tensor(part, inputs[i]![0]));
    const forward = (values: Float32Array[]) => {
      const y = tf.tidy(() => f(...tensors(values)));
      const result = { data: y.dataSync<'float32'>().slice(), shape: y.shape };
      y.dispose();
      return result;
    };
    await tf.setBackend('wasm');
    const own = forward(data);
    await tf.setBackend('cpu');
    const expected = forward(data);
    expect(own.shape).toEqual(expected.shape);
    own.data.forEach((value, i) => {
      expect(Math.abs(value - expected.data[i]!)).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected.data[i]!)));
    });
    const dy = randomValues(expected.shape, 11).data;
    const step = 1 / 512;
    const differences = data.map((part, k) =>
      part.map((value, i) => {
        const moved = (by: number) => {
          const values = data.map((other) => other.slice());
          values[k]![i] = value + by;
          return forward(values).data;
        };
        const [up, down] = [moved(step), moved(-step)];
        let sum = 0;
        for (let j = 0; j < dy.length; j++) sum += (up[j]! - down[j]!) * dy[j]!;
        return sum / (Math.fround(value + step) - Math.fround(value - step));
      }),
    );
    await tf.setBackend('wasm');
    const gradients = tf.tidy(() =>
      tf.grads((...xs: tf.Tensor[]) => f(...xs))(tensors(data), tf.tensor(dy, expected.shape)),
    );
    gradients.forEach((gradient, k) => {
      const largest = differences[k]!.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      gradient.dataSync<'float32'>().forEach((value, i) => {
        expect(Math.abs(value - differences[k]![i]!)).toBeLessThan(2e-3 * Math.max(largest, 1e-3));
      });
    });
    tf.dispose(gradients);
  });
});

it('maxPoolWithArgmax has the cpu backend’s maxima and positions, of negative values too', async () => {
  const x = valuesOf([2, 5, 6, 3], 'distinct', 4);
  const run = async (backend: string, includeBatch: boolean) => {
    await tf.setBackend(backend);
    const { result, indexes } = tf.maxPoolWithArgmax(tf.tensor4d(x, [2, 5, 6, 3]), [2, 3], 2, 'same', includeBatch);
    return [Array.from(result.dataSync()), Array.from(indexes.dataSync())];
  };
  for (const includeBatch of [false, true]) {
    expect(await run('wasm', includeBatch)).toEqual(await run('cpu', includeBatch));
  }
  await tf.setBackend('wasm');
});
