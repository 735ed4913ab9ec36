import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { randomNumbers } from './random-numbers.js';

const { conv2d, batchNormalization, depthwiseConv2d, maxPooling2d, averagePooling2d, dense } = layers.layers;
const seeded = (seed: number) => layers.initializers.heNormal({ seed });

/** A bit of everything a CNN has, with the same weights at every start: images [14, 13, 3] to 3 numbers. */
export function smallNetwork(): layers.Sequential {
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

/** Trains {@link smallNetwork} with `model.fit` on the current backend. Returns the loss of each epoch, then the mean size of a prediction. */
export async function trainSmallNetwork(): Promise<number[]> {
  const model = smallNetwork();
  model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError' });
  const x = tf.tensor4d(randomNumbers(8 * 14 * 13 * 3, 1), [8, 14, 13, 3]);
  const y = tf.tensor2d(randomNumbers(8 * 3, 2), [8, 3]);
  const history = await model.fit(x, y, { batchSize: 4, epochs: 6, shuffle: false, verbose: 0 });
  const evaluated = model.predict(x) as tf.Tensor;
  // Inference mode too: the moving statistics must have been the same.
  const meanSize = tf.tidy(() => tf.mean(tf.abs(evaluated)).dataSync()[0]!);
  tf.dispose([x, y, evaluated]);
  model.dispose();
  return [...(history.history['loss'] as number[]), meanSize];
}
