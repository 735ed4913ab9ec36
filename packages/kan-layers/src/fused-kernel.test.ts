import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends, relativeError, useBackend } from '../test/backends.js';
import { classicFourierKAN, fasterKAN, fastKAN, fourierKAN, type KANLayer, rationalKAN, waveletKAN } from './index.js';

const withKernels = backends.find((name) => name.startsWith('wasm '))!;

const makers: [name: string, make: () => KANLayer, kernels: string[]][] = [
  ['fastKAN', () => fastKAN({ units: 3, seed: 1 }), ['KanRadialBasis', 'KanLayerNorm']],
  ['fasterKAN', () => fasterKAN({ units: 3, seed: 1 }), ['KanRadialBasis', 'KanLayerNorm']],
  ['waveletKAN', () => waveletKAN({ units: 3, seed: 1 }), ['KanWavelets']],
  ['classicFourierKAN', () => classicFourierKAN({ units: 3, seed: 1 }), ['KanHarmonics']],
  ['rationalKAN', () => rationalKAN({ units: 3, seed: 1 }), ['KanRational']],
  ['fourierKAN', () => fourierKAN({ units: 3, seed: 1, initialBeta: 0.7 }), ['KanRandomFourier']],
  [
    'fourierKAN with swish, layer norm and dropout',
    () => fourierKAN({ units: 3, seed: 1, initialBeta: 0.7, baseActivation: 'swish', layerNorm: true, dropout: 0.5 }),
    ['KanRandomFourier', 'KanLayerNorm'],
  ],
  [
    'fourierKAN with linear and dropout',
    () => fourierKAN({ units: 3, seed: 1, initialBeta: 0.7, baseActivation: 'linear', dropout: 0.25 }),
    ['KanRandomFourier'],
  ],
];

const x = () => tf.randomNormal([7, 10], 0, 1, 'float32', 3) as tf.Tensor2D;
const cotangent = () => tf.randomNormal([7, 3], 0, 1, 'float32', 4);

/** Output and all gradients of a new layer in training. */
function outputAndGradients(make: () => KANLayer): tf.Tensor[] {
  const layer = make();
  layer.build([null, 10]);
  const apply = () => layer.apply(input, { training: true }) as tf.Tensor;
  const input = tf.variable(x());
  const variables = [input, ...layer.trainableWeights.map((weight) => weight.read() as tf.Variable)];
  const dropout = layer as KANLayer & { dropoutStep: number };
  dropout.dropoutStep = 0;
  const y = apply();
  dropout.dropoutStep = 0;
  const { grads } = tf.variableGrads(() => tf.sum(tf.mul(apply(), cotangent())) as tf.Scalar, variables);
  return [y, ...variables.map(({ name }) => grads[name]!)];
}

describe.each(makers)('fused kernels of %s', (_, make, kernels) => {
  it('are asked for, forwards and backwards', async () => {
    await useBackend(withKernels);
    const { kernelNames } = await tf.profile(() => outputAndGradients(make));
    for (const kernel of kernels) {
      expect(kernelNames).toContain(kernel);
      expect(kernelNames).toContain(`${kernel}Gradient`);
    }
  });

  it('give what the composed operations give', async () => {
    await useBackend('wasm');
    const composed = outputAndGradients(make).map((tensor) => ({ data: [...tensor.dataSync()], shape: tensor.shape }));
    await useBackend(withKernels);
    outputAndGradients(make).forEach((tensor, i) => {
      const { data, shape } = composed[i]!;
      expect(tensor.shape).toEqual(shape);
      expect(relativeError(tensor.dataSync(), data)).toBeLessThan(2e-5);
    });
  });

  it('make way for the composed operations in second derivatives', async () => {
    const layer = make();
    const loss = (x: tf.Tensor) => tf.sum(tf.mul(layer.apply(x) as tf.Tensor, cotangent())) as tf.Scalar;
    const steepness = (x: tf.Tensor) => tf.sum(tf.square(tf.grad(loss)(x))) as tf.Scalar;
    await useBackend('wasm');
    layer.build([null, 10]);
    const composed = tf.grad(steepness)(x()).dataSync();
    await useBackend(withKernels);
    const slopes = tf.grad(steepness)(x());
    expect(relativeError(slopes.dataSync(), composed)).toBeLessThan(1e-4);
    // Along the steepest direction, by central differences.
    const h = 0.003;
    const direction = tf.div(slopes, tf.norm(slopes));
    const [up, down] = [h, -h].map((step) => steepness(tf.add(x(), tf.mul(direction, step))).dataSync()[0]!);
    const expected = tf.norm(slopes).dataSync()[0]!;
    expect(Math.abs((up! - down!) / (2 * h) / expected - 1)).toBeLessThan(0.01);
  });
});
