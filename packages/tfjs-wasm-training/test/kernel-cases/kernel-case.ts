import * as tf from '@tensorflow/tfjs-core';
import { randomNumbers } from '../random-numbers.js';

/** One call of tfjs' public operations that ends in a kernel of this package, or in a gradient that it replaces. */
export interface KernelCase {
  name: string;
  run(): tf.Tensor | tf.Tensor[];
  /** What it gives where the cpu backend is wrong or refuses: by hand or by a formula, which is computed on the cpu backend. */
  expected?(): tf.Tensor | tf.Tensor[];
  /** What is refused in these words, although the stock kernel takes it, because that one is wrong. */
  refused?: RegExp;
}

/** Numbers that are no ordinary ones, spread over a tensor's values. */
const SPECIAL = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 1e-40, 3e38];

/** Shapes of ranks 0 to 6; odd sizes, so that no vector of 4 is full. */
export const SHAPES: readonly number[][] = [
  [],
  [5],
  [3, 7],
  [2, 3, 5],
  [2, 3, 2, 3],
  [2, 1, 3, 2, 3],
  [1, 2, 3, 1, 2, 3],
];
/** Shapes without values. */
export const EMPTY_SHAPES: readonly number[][] = [[0], [0, 3], [3, 0], [2, 0, 3], [2, 3, 0, 2]];

/** A tensor of repeatable values: floats within ±3, integers within ±5, truth values, words. */
export function make<Rank extends tf.Rank>(shape: readonly number[], seed: number, dtype: tf.DataType = 'float32') {
  const numbers = Array.from(randomNumbers(tf.util.sizeFromShape([...shape]), seed));
  const convert: Record<string, (value: number) => number | string> = {
    float32: (value) => 3 * value,
    int32: (value) => Math.round(5 * value),
    bool: (value) => Number(value > 0),
    string: (value) => `word ${Math.round(5 * value)}`,
  };
  return tf.tensor(numbers.map(convert[dtype]!) as number[], [...shape] as never, dtype) as tf.Tensor<Rank>;
}

/** As {@link make}, with every third value one of {@link SPECIAL}. */
export function makeSpecial(shape: readonly number[], seed: number): tf.Tensor {
  const values = randomNumbers(tf.util.sizeFromShape([...shape]), seed);
  for (let i = 0; i < values.length; i += 3) values[i] = SPECIAL[(i / 3 + seed) % SPECIAL.length]!;
  return tf.tensor(values, [...shape]);
}

/** Gradients of `operation` by all inputs, for a random gradient of its output. */
export function gradientsOf(operation: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: tf.Tensor[], dy?: tf.Tensor) {
  const received = dy ?? make(operation(...inputs).shape, 97);
  return tf.grads(operation as never)(inputs, received) as tf.Tensor[];
}
