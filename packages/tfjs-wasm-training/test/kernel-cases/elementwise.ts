import * as tf from '@tensorflow/tfjs-core';
import { EMPTY_SHAPES, gradientsOf, type KernelCase, make, makeSpecial, SHAPES } from './kernel-case.js';

const OPERATIONS: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  relu: tf.relu,
  relu6: tf.relu6,
  sigmoid: tf.sigmoid,
  square: tf.square,
};

/** Gradients of Relu, Relu6, Sigmoid and Square. */
export function elementwiseCases(): KernelCase[] {
  return Object.entries(OPERATIONS).flatMap(([name, operation]) => [
    ...[...SHAPES, ...EMPTY_SHAPES].map((shape) => ({
      name: `gradient of ${name} at [${shape}]`,
      run: () => gradientsOf((x) => operation(tf.mul(x, 3)), [make(shape, 1)]),
    })),
    {
      name: `gradient of ${name} at unusual numbers`,
      run: () => gradientsOf(operation, [makeSpecial([43], 1)]),
    },
    {
      name: `gradient of ${name} for unusual gradients`,
      run: () => gradientsOf(operation, [make([43], 1)], makeSpecial([43], 5)),
    },
    {
      name: `gradient of ${name} at 0, 6 and its neighbours`,
      run: () => gradientsOf(operation, [tf.tensor1d([0, -0, 6, 6.000001, 5.999999, 1e-40, -1e-40])]),
    },
    { name: `gradient of ${name} at integers`, run: () => gradientsOf(operation, [make([3, 7], 1, 'int32')]) },
  ]);
}
