import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { leanVariableGrads } from '../src/index.js';
import { startBackends } from './backends.js';
import { randomNumbers } from './random-numbers.js';

const ACTIVATIONS = [
  ...['linear', 'relu', 'relu6', 'elu', 'selu', 'sigmoid', 'hardSigmoid', 'tanh', 'softmax', 'logSoftmax'],
  ...['softplus', 'softsign', 'swish', 'mish', 'gelu', 'gelu_new'],
];

beforeAll(startBackends);

// tfjs has no gradient with dilation on any backend. The same convolution without: a larger filter, zeros between its weights.
describe('a dilated convolution is trained as one with zeros between its weights', () => {
  it.each(ACTIVATIONS)('by Conv2D with %s', (activation) => {
    for (const useBias of [true, false]) {
      const layer = layers.layers.conv2d({
        ...{ filters: 4, kernelSize: [3, 2], dilationRate: [2, 3], activation: activation as 'relu', useBias },
      });
      expect(gradientError(layer)).toBeLessThan(2e-5);
    }
  });

  it.each(['conv2d', 'depthwiseConv2d'] as const)('by tf.fused.%s of one image or several', (name) => {
    for (const shape of [
      [9, 11, 3],
      [2, 9, 11, 3],
    ]) {
      const loss = (fused: boolean) => (image: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor) => {
        const x = image as tf.Tensor4D;
        const filter = weights as tf.Tensor4D;
        const plain = name === 'conv2d' ? tf.conv2d : tf.depthwiseConv2d;
        const combined = name === 'conv2d' ? tf.fused.conv2d : tf.fused.depthwiseConv2d;
        const sum = fused
          ? combined({ x, filter, bias, strides: 1, pad: 'same', dilations: [2, 3] })
          : tf.add(plain(x, spread(filter), 1, 'same'), bias);
        return tf.sum(tf.square(sum));
      };
      const [filters, channels] = name === 'conv2d' ? [[3, 2, 3, 4], 4] : [[3, 2, 3, 1], 3];
      const inputs = [values(shape, 1), values(filters, 2), values([channels], 3)];
      const [actual, expected] = [true, false].map((fused) => tf.grads(loss(fused))(inputs));
      for (const [i, gradient] of actual!.entries()) {
        expect(relativeError(gradient, expected![i]!), `input ${i}`).toBeLessThan(2e-5);
      }
    }
  });

  it('by leanVariableGrads and again by fit', async () => {
    const model = layers.sequential({
      layers: [
        layers.layers.conv2d({ inputShape: [9, 9, 3], filters: 4, kernelSize: 3, dilationRate: 2, activation: 'tanh' }),
        layers.layers.globalAveragePooling2d({}),
      ],
    });
    const [x, y] = [values([6, 9, 9, 3], 1), values([6, 4], 2)];
    const loss = () => tf.losses.meanSquaredError(y, model.apply(x, { training: true }) as tf.Tensor) as tf.Scalar;
    const [lean, stock] = [leanVariableGrads(loss), tf.variableGrads(loss)];
    for (const [name, gradient] of Object.entries(stock.grads))
      expect(relativeError(lean.grads[name]!, gradient)).toBe(0);
    model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    const { history } = await model.fit(x, y, { epochs: 30, verbose: 0, shuffle: false });
    const losses = history['loss'] as number[];
    expect(losses.at(-1)!).toBeLessThan(losses[0]! * 0.98);
  });

  it('is still refused in second derivatives and on other backends', () => {
    const [x, filter] = [values([1, 9, 11, 3], 1) as tf.Tensor4D, values([3, 2, 3, 4], 2) as tf.Tensor4D];
    const gradient = tf.grad((weights) =>
      tf.sum(tf.fused.conv2d({ x, filter: weights as tf.Tensor4D, strides: 1, pad: 'same', dilations: 2 })),
    );
    expect(() => tf.grad((weights) => tf.sum(gradient(weights)))(filter)).toThrow(/dilation/);
    tf.setBackend('cpu');
    expect(() => gradient(filter)).toThrow(/dilation/);
    tf.setBackend('wasm');
    expect(gradient(filter).shape).toEqual(filter.shape);
  });
});

/** The largest relative error of the gradients of image, kernel and bias. */
function gradientError(layer: layers.layers.Layer): number {
  return tf.tidy(() => {
    const x = values([2, 9, 11, 3], 1);
    layer.build([null, 9, 11, 3]);
    const weights = layer.getWeights().map((weight, i) => values(weight.shape, 5 + i));
    layer.setWeights(weights);
    const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const activate = (sum: tf.Tensor) =>
      layers.layers
        .activation({ activation: layer.getConfig()['activation'] as string as 'relu' })
        .apply(sum) as tf.Tensor;
    const target = (output: tf.Tensor) => tf.sum(tf.mul(output, values(output.shape, 9))) as tf.Scalar;
    const image = tf.variable(x);
    const actual = tf.variableGrads(() => target(layer.apply(image) as tf.Tensor), [image, ...variables]).grads;
    const reference = tf.variableGrads(() => {
      const sum = tf.conv2d(image as unknown as tf.Tensor4D, spread(variables[0]!), 1, 'valid');
      return target(activate(variables[1] ? tf.add(sum, variables[1]) : sum));
    }, [image, ...variables]).grads;
    return Math.max(...[image, ...variables].map(({ name }) => relativeError(actual[name]!, reference[name]!)));
  });
}

/** The filter [3, 2, …] as one of [5, 4, …]: a row of zeros between its rows, two columns between its columns. */
function spread(filter: tf.Tensor): tf.Tensor4D {
  const [, , from, to] = filter.shape as [number, number, number, number];
  const zeros = (height: number, width: number) => tf.zeros([height, width, from, to]);
  const column = (at: number) => tf.slice(filter, [0, at, 0, 0], [3, 1, from, to]);
  const wide = tf.concat([column(0), zeros(3, 2), column(1)], 1);
  const row = (at: number) => tf.slice(wide, [at, 0, 0, 0], [1, 4, from, to]);
  return tf.concat([row(0), zeros(1, 4), row(1), zeros(1, 4), row(2)], 0) as tf.Tensor4D;
}

function values(shape: (number | null)[], seed: number): tf.Tensor {
  return tf.tensor(randomNumbers(tf.util.sizeFromShape(shape as number[]), seed), shape as number[]);
}

function relativeError(actual: tf.Tensor, expected: tf.Tensor): number {
  expect(actual.shape).toEqual(expected.shape);
  const [a, b] = [actual.dataSync(), expected.dataSync()];
  const scale = Math.max(...b.map(Math.abs));
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!))) / scale;
}
