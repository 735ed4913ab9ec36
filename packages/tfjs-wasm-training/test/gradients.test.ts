import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomValues, startBackends } from './backends.js';

beforeAll(startBackends);

type Op = (...inputs: tf.Tensor[]) => tf.Tensor;

const conv = (strides: number, pad: 'same' | 'valid', dilations = 1): Op => {
  return (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad, 'NHWC', dilations);
};
const depthwise = (strides: number, pad: 'same' | 'valid', dilations = 1): Op => {
  return (x, w) => tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad, 'NHWC', dilations);
};
const trainingBatchNorm: Op = (x, offset, scale) => {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  const statistics = [mean, variance, offset, scale] as tf.Tensor1D[];
  return tf.batchNorm(x as tf.Tensor4D, statistics[0]!, statistics[1]!, statistics[2], statistics[3], 1e-3);
};

const cases: [string, Op, number[][]][] = [
  [
    'conv2d',
    conv(1, 'same'),
    [
      [2, 5, 4, 3],
      [3, 3, 3, 5],
    ],
  ],
  [
    'conv2d, stride 2, no padding (merged taps)',
    conv(2, 'valid'),
    [
      [1, 7, 6, 3],
      [3, 3, 3, 9],
    ],
  ],
  [
    'conv2d, dilated',
    conv(1, 'same', 2),
    [
      [1, 7, 6, 2],
      [3, 3, 2, 3],
    ],
  ],
  [
    'conv2d, 1×1',
    conv(1, 'valid'),
    [
      [2, 3, 3, 7],
      [1, 1, 7, 5],
    ],
  ],
  [
    'depthwiseConv2d',
    depthwise(1, 'same'),
    [
      [1, 5, 6, 9],
      [3, 3, 9, 1],
    ],
  ],
  [
    'depthwiseConv2d, 5×5, stride 2',
    depthwise(2, 'same'),
    [
      [1, 9, 8, 10],
      [5, 5, 10, 1],
    ],
  ],
  [
    'depthwiseConv2d, dilated',
    depthwise(1, 'same', 2),
    [
      [1, 7, 6, 3],
      [3, 3, 3, 1],
    ],
  ],
  [
    'depthwiseConv2d, channel multiplier',
    depthwise(1, 'valid'),
    [
      [1, 5, 4, 3],
      [2, 2, 3, 2],
    ],
  ],
  ['avgPool at padded edges', (x) => tf.avgPool(x as tf.Tensor4D, 3, 2, 'same'), [[1, 5, 6, 5]]],
  ['maxPool', (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'), [[1, 4, 6, 5]]],
  [
    'matMul',
    (a, b) => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, true, true),
    [
      [4, 5],
      [6, 4],
    ],
  ],
  ['batch norm in training', trainingBatchNorm, [[2, 3, 4, 5], [5], [5]]],
  ['sigmoid', (x) => tf.sigmoid(tf.mul(x, 3)), [[3, 7]]],
  ['square', (x) => tf.square(x), [[3, 7]]],
  ['sum', (x) => tf.sum(x, [0, 1], true), [[3, 4, 5]]],
  ['relu', (x) => tf.relu(x), [[3, 7]]],
  ['relu6', (x) => tf.relu6(tf.mul(x, 10)), [[3, 7]]],
  [
    'concat',
    (a, b) => tf.concat([a, b], 2),
    [
      [2, 3, 4],
      [2, 3, 5],
    ],
  ],
  ['mean', (x) => tf.mean(x, [1, 2]), [[2, 3, 4, 5]]],
];

describe('gradients against finite differences', () => {
  it.each(cases)('%s', (_name, op, shapes) => {
    tf.setBackend('wasm');
    tf.tidy(() => {
      const inputs = shapes.map((shape, i) => tf.tensor(randomValues(shape, 11 + i).data, shape));
      const weights = tf.tensor(randomValues(op(...inputs).shape, 31).data, op(...inputs).shape);
      // Squared, so that the gradient depends on the values of the output.
      const loss = (...values: tf.Tensor[]) => tf.sum(tf.mul(tf.square(op(...values)), weights));
      const gradients = tf.grads(loss as never)(inputs) as tf.Tensor[];
      inputs.forEach((input, which) => {
        const values = input.dataSync().slice();
        const actual = gradients[which]!.dataSync();
        const scale = Math.max(...actual.map(Math.abs));
        const step = 2e-3;
        const stride = Math.max(1, Math.floor(values.length / 25));
        for (let i = 0; i < values.length; i += stride) {
          const moved = [step, -step].map((by) => {
            const changed = values.slice();
            changed[i]! += by;
            const tensors = inputs.map((other, j) => (j === which ? tf.tensor(changed, input.shape) : other));
            return lossInDouble(op(...tensors), weights);
          });
          const expected = (moved[0]! - moved[1]!) / (2 * step);
          expect(Math.abs(actual[i]! - expected) / scale, `input ${which}, element ${i}`).toBeLessThan(5e-3);
        }
      });
    });
  });
});

it('has the second derivatives of the cpu backend', () => {
  const ops = [
    tf.sigmoid,
    tf.square,
    tf.relu,
    (x: tf.Tensor) => tf.mean(tf.mul(x, x), 0),
    (x: tf.Tensor) => tf.sum(x, 0),
  ];
  for (const op of ops) {
    const [expected, actual] = ['cpu', 'wasm'].map((backend) => {
      tf.setBackend(backend);
      return tf.tidy(() => {
        const x = tf.tensor(randomValues([4, 3], 5).data, [4, 3]);
        const loss = (v: tf.Tensor) => tf.sum(tf.square(op(v as never)));
        return Array.from(
          tf
            .grad((v) => tf.sum(tf.square(tf.grad(loss)(v))))(x)
            .dataSync(),
        );
      });
    });
    actual!.forEach((value, i) => {
      expect(value).toBeCloseTo(expected![i]!, 4);
    });
  }
});

/** The same loss summed in double precision, so that the difference of two is not lost in rounding. */
function lossInDouble(output: tf.Tensor, weights: tf.Tensor): number {
  const factors = weights.dataSync();
  return output.dataSync<'float32'>().reduce((sum, value, i) => sum + value * value * factors[i]!, 0);
}
