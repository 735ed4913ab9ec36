import { headByName } from '../src/heads/head-table.js';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { enableWasmTraining, fusedAdamWStep } from '@kanrecon/tfjs-wasm-training';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadNativeBackend } from '../../../tests/load-native-backend.js';
import { buildHead } from '../src/heads/build-head.js';
import { type HeadType, headTypes } from '../src/heads/head-names.js';
import { AdamW } from '../src/optimization/adamw.js';

const STEPS = 20;
/**
 * Largest difference of a step's loss from the cpu backend's, relative to that loss, and of a prediction after the last step,
 * relative to the largest one. Seen: below 1e-6 for the MLP and most KAN heads, up to 2e-5 for Gaussians, polynomials and Fourier
 * series, whose steep functions make rounding grow; the rest is room for other processors and kernels.
 */
const TOLERANCE = 1e-4;

interface Run {
  losses: number[];
  predictions: Float32Array;
}

const hasNative = loadNativeBackend('Heads on cpu and tfjs-node');

describe.each(headTypes)('twenty training steps of a small network with the %s head', (head) => {
  let expected: Run;
  beforeAll(async () => {
    expected = await train('cpu', head);
  });

  it('lower the loss on cpu', () => {
    expect(expected.losses.at(-1)!).toBeLessThan(expected.losses[0]! / 2);
  });

  it('agree between cpu and wasm with the training kernels', async () => {
    compare(await train('wasm', head), expected);
  });

  it.skipIf(!hasNative)('agree between cpu and tfjs-node', async () => {
    compare(await train('tensorflow', head), expected);
  });
});

/** Trains as the program does: AdamW, fused on wasm, in training mode (batch statistics). */
async function train(backend: string, head: HeadType): Promise<Run> {
  if (backend === 'wasm') await enableWasmTraining();
  if (!(await tf.setBackend(backend))) throw new Error(`train: ${backend} did not start`);
  const network = smallNetwork(head);
  const images = tf.tensor4d(numbers(4 * 12 * 12 * 3, 1), [4, 12, 12, 3]);
  const targets = tf.tensor2d(numbers(4 * 4, 2), [4, 4]);
  const variables = network.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const optimizer = new AdamW({
    learningRate: 0.01,
    placement: 'device',
    ...(backend === 'wasm' && { fusedStep: fusedAdamWStep }),
  });
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const { value, grads } = tf.variableGrads(
      () => tf.losses.meanSquaredError(targets, network.apply(images, { training: true }) as tf.Tensor) as tf.Scalar,
      variables,
    );
    optimizer.applyGradients(grads);
    losses.push(value.dataSync()[0]!);
    tf.dispose([value, grads]);
  }
  const predicted = network.predict(images) as tf.Tensor;
  const predictions = predicted.dataSync<'float32'>().slice();
  tf.dispose([images, targets, predicted]);
  optimizer.dispose();
  network.dispose();
  return { losses, predictions };
}

function compare(actual: Run, expected: Run): void {
  expected.losses.forEach((loss, step) => {
    const difference = Math.abs(actual.losses[step]! - loss) / loss;
    expect(difference, `step ${step + 1}: ${actual.losses[step]} and ${loss}`).toBeLessThan(TOLERANCE);
  });
  const size = Math.max(...expected.predictions.map(Math.abs));
  expected.predictions.forEach((value, i) => {
    expect(Math.abs(actual.predictions[i]! - value) / size).toBeLessThan(TOLERANCE);
  });
}

/** What EfficientNet and SqueezeNet are made of, once each, in front of a head of two layers. */
function smallNetwork(head: HeadType) {
  const start = (seed: number) => initializers.heNormal({ seed });
  const parts = [
    // No bias before batch normalization: its gradient would be rounding alone, which Adam makes large.
    layers.conv2d({
      filters: 8,
      kernelSize: 3,
      strides: 2,
      padding: 'same',
      useBias: false,
      kernelInitializer: start(1),
    }),
    layers.batchNormalization(),
    layers.activation({ activation: 'swish' }),
    layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', useBias: false, depthwiseInitializer: start(2) }),
    layers.batchNormalization(),
    layers.activation({ activation: 'swish' }),
    layers.maxPooling2d({ poolSize: 3, strides: 2 }),
    layers.conv2d({ filters: 10, kernelSize: 1, activation: 'relu', kernelInitializer: start(3) }),
    layers.conv2d({
      filters: 12,
      kernelSize: 3,
      padding: 'same',
      useBias: false,
      activation: 'relu',
      kernelInitializer: start(4),
    }),
    layers.globalAveragePooling2d({}),
  ];
  const images = input({ shape: [12, 12, 3] });
  const features = parts.reduce<SymbolicTensor>((tensor, layer) => layer.apply(tensor) as SymbolicTensor, images);
  const outputs = buildHead(
    features,
    headByName(head),
    { type: head, widths: [16], dropout: 0, hiddenDropout: 0, uncertainty: 'none' },
    4,
    5,
  );
  return model({ inputs: images, outputs });
}

/** Repeatable numbers in [0, 1). */
function numbers(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}
