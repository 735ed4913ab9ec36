import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomValues, startBackends } from './backends.js';

beforeAll(startBackends);

const { conv2d, batchNormalization, depthwiseConv2d, maxPooling2d, averagePooling2d, dense } = layers.layers;
const seeded = (seed: number) => layers.initializers.heNormal({ seed });

function smallNetwork(): layers.Sequential {
  return layers.sequential({
    layers: [
      conv2d({
        inputShape: [14, 13, 3],
        filters: 10,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        kernelInitializer: seeded(1),
      }),
      batchNormalization(),
      layers.layers.reLU({}),
      depthwiseConv2d({ kernelSize: 3, padding: 'same', depthwiseInitializer: seeded(2) }),
      batchNormalization(),
      layers.layers.activation({ activation: 'relu6' }),
      conv2d({ filters: 12, kernelSize: 1, activation: 'relu', kernelInitializer: seeded(3) }),
      maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
      conv2d({ filters: 9, kernelSize: 3, padding: 'same', activation: 'relu', kernelInitializer: seeded(4) }),
      averagePooling2d({ poolSize: 2 }),
      layers.layers.flatten(),
      dense({ units: 8, activation: 'relu', kernelInitializer: seeded(5) }),
      dense({ units: 3, kernelInitializer: seeded(6) }),
    ],
  });
}

async function fit(backend: string): Promise<number[]> {
  tf.setBackend(backend);
  const model = smallNetwork();
  model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError' });
  const x = tf.tensor4d(randomValues([8, 14, 13, 3], 1).data, [8, 14, 13, 3]);
  const y = tf.tensor2d(randomValues([8, 3], 2).data, [8, 3]);
  const history = await model.fit(x, y, { batchSize: 4, epochs: 6, shuffle: false, verbose: 0 });
  const evaluated = model.predict(x) as tf.Tensor;
  // Inference mode too: the moving statistics must have been the same.
  const losses = [...(history.history.loss as number[]), tf.mean(tf.abs(evaluated)).dataSync()[0]!];
  tf.dispose([x, y, evaluated]);
  model.dispose();
  return losses;
}

describe('model.fit of a tfjs-layers network', () => {
  it('has the same losses on wasm as on cpu', async () => {
    const expected = await fit('cpu');
    const actual = await fit('wasm');
    expect(expected.at(-2)!).toBeLessThan(expected[0]! * 0.9);
    actual.forEach((loss, i) => {
      expect(Math.abs(loss - expected[i]!) / expected[i]!, `epoch ${i + 1}: ${loss} and ${expected[i]}`).toBeLessThan(
        2e-3,
      );
    });
  });

  it('grows neither in tensors nor in memory over 100 steps', () => {
    tf.setBackend('wasm');
    const model = smallNetwork();
    const optimizer = tf.train.adam(0.01);
    const x = tf.tensor4d(randomValues([4, 14, 13, 3], 1).data, [4, 14, 13, 3]);
    const y = tf.tensor2d(randomValues([4, 3], 2).data, [4, 3]);
    const step = () => {
      optimizer.minimize(() => tf.losses.meanSquaredError(y, model.apply(x, { training: true }) as tf.Tensor));
    };
    for (let i = 0; i < 3; i++) step();
    const { wasm } = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
    const before = { tensors: tf.memory().numTensors, buffers: tf.memory().numDataBuffers, heap: wasm.HEAPU8.length };
    for (let i = 0; i < 100; i++) step();
    const after = { tensors: tf.memory().numTensors, buffers: tf.memory().numDataBuffers, heap: wasm.HEAPU8.length };
    expect(after).toEqual(before);
  });
});
