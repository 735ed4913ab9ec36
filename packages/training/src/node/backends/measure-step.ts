import { AdamW } from '@kanrecon/model';
import * as tf from '@tensorflow/tfjs-core';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';

/** What is measured, in words and numbers: the same on every backend. */
export const measuredStep = {
  network: 'a small CNN (three 3 × 3 convolutions, 16 to 32 channels, 24 MFLOP an image)',
  imageSize: 64,
  batchSize: 8,
  seconds: 1,
} as const;

/**
 * Milliseconds per image of a training step (forward, gradients, AdamW) of a small convolutional network on the current
 * backend: the median of as many steps as fit into a second, less the first, which warms up. Large enough that arithmetic
 * counts and not the overhead of calls, small enough that plain JavaScript needs seconds (SqueezeNet at this size took it
 * minutes); that one is timed with a single image.
 */
export async function measureStep(batchSize: number = measuredStep.batchSize): Promise<number> {
  const { imageSize, seconds } = measuredStep;
  const model = smallNetwork(imageSize);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const optimizer = new AdamW({ learningRate: 1e-4 });
  const images = tf.randomUniform<tf.Rank.R4>([batchSize, imageSize, imageSize, 3], 0, 1, 'float32', 1);
  const targets = tf.zeros([batchSize, 6]);
  const step = async () => {
    const { value, grads } = tf.variableGrads(
      () => tf.losses.meanSquaredError(targets, model.apply(images, { training: true }) as tf.Tensor),
      variables,
    );
    optimizer.applyGradients(grads);
    await value.data();
    tf.dispose([value, grads]);
  };
  try {
    const times: number[] = [];
    for (let total = 0; total < seconds * 1000; total += times.at(-1)!) {
      const start = performance.now();
      await step();
      times.push(performance.now() - start);
    }
    if (times.length > 1) times.shift();
    times.sort((a, b) => a - b);
    return times[Math.floor(times.length / 2)]! / batchSize;
  } finally {
    tf.dispose([images, targets]);
    optimizer.dispose();
    model.dispose();
  }
}

function smallNetwork(imageSize: number): Sequential {
  const convolution = (filters: number, strides: number, inputShape?: number[]) =>
    layers.conv2d({ filters, strides, kernelSize: 3, padding: 'same', activation: 'relu', inputShape });
  return sequential({
    layers: [
      convolution(16, 2, [imageSize, imageSize, 3]),
      convolution(32, 2),
      convolution(32, 1),
      layers.globalAveragePooling2d({}),
      layers.dense({ units: 6 }),
    ],
  });
}
