import * as tf from '@tensorflow/tfjs-core';
import type { KANLayer } from '../src/index.js';

/** What a check of gradients needs: a loss, what it depends on (the input first, then the weights), and its gradients. */
export interface GradientSetting {
  readonly variables: tf.Variable[];
  readonly loss: () => tf.Scalar;
  readonly grads: tf.NamedTensorMap;
}

/** One for a built layer of 3 inputs and 2 units: the sum of its outputs with weights, on four rows. */
export function gradientSetting(layer: KANLayer, training = false): GradientSetting {
  // Away from the knots, where splines of order 1 have a kink.
  const x = tf.variable(
    tf.tensor2d([
      [-0.93, 0.13, 0.71],
      [0.33, -0.47, -1.13],
      [-0.29, 1.27, -2.06],
      [0.49, 0.83, 0.05],
    ]),
  );
  const cotangent = tf.tensor2d([
    [1, -0.7],
    [0.4, 1.1],
    [-1.2, 0.6],
    [0.8, -0.5],
  ]);
  const loss = () => tf.tidy(() => tf.sum(tf.mul(layer.apply(x, { training }) as tf.Tensor, cotangent)) as tf.Scalar);
  const variables = [x, ...layer.trainableWeights.map((weight) => weight.read() as tf.Variable)];
  return { variables, loss, grads: tf.variableGrads(loss, variables).grads };
}
