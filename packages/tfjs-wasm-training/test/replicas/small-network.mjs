// A small network for the tests of data-parallel training: shared by the worker and the test that checks it.
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

const imageShape = [9, 9, 3];
const outputs = 2;

export function createNetwork({ batchNorm = false, seed = 1 } = {}) {
  const { conv2d, dense, flatten, batchNormalization, reLU } = layers.layers;
  const random = (offset) => layers.initializers.heNormal({ seed: seed + offset });
  return layers.sequential({
    layers: [
      conv2d({ inputShape: imageShape, filters: 5, kernelSize: 3, strides: 2, kernelInitializer: random(0) }),
      ...(batchNorm ? [batchNormalization({ momentum: 0.9 })] : []),
      reLU({}),
      conv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'relu', kernelInitializer: random(1) }),
      flatten(),
      dense({ units: outputs, kernelInitializer: random(2) }),
    ],
  });
}

export const parametersOf = (model) => model.trainableWeights.map((weight) => weight.read());
export const statisticsOf = (model) => model.nonTrainableWeights.map((weight) => weight.read());

/** Mean loss and gradients in the order of the parameters. */
export function lossAndGradients(model, images, targets) {
  const count = targets.length / outputs;
  return tf.tidy(() => {
    const x = tf.tensor(images, [count, ...imageShape]);
    const y = tf.tensor(targets, [count, outputs]);
    const forward = () => tf.mean(tf.squaredDifference(model.apply(x, { training: true }), y));
    const { value, grads } = tf.variableGrads(forward, parametersOf(model));
    return { loss: value.dataSync()[0], gradients: parametersOf(model).map(({ name }) => grads[name]) };
  });
}

/** Repeatable samples, uniform in [-1, 1]. */
export function samples(count, seed) {
  const draw = (size, offset) =>
    tf.tidy(() => tf.randomUniform([size], -1, 1, 'float32', seed * 2 + offset).dataSync());
  return { images: draw(count * 9 * 9 * 3, 0), targets: draw(count * outputs, 1) };
}
