import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { randomValues } from './backends.js';

// What the tests of the kernels for KAN layers share. Expected values are computed in double precision, gradients by central differences
// of those.

/** Numbers of a tensor for a kernel call. */
export interface Numbers {
  data: ArrayLike<number>;
  shape: number[];
}

/** What a kernel gives on the current backend: the numbers of each output. */
export function run(kernel: string, inputs: Record<string, Numbers | undefined>, attributes: object): number[][] {
  return tf.tidy(() => {
    const given = Object.entries(inputs).filter((entry): entry is [string, Numbers] => entry[1] !== undefined);
    const tensors = Object.fromEntries(
      given.map(([name, { data, shape }]) => [name, tf.tensor(Float32Array.from(data), shape)]),
    );
    const result = tf.engine().runKernel(kernel, tensors, attributes as tf.NamedAttrMap) as tf.Tensor | tf.Tensor[];
    return [result].flat().map((tensor) => [...tensor.dataSync()]);
  });
}

/** Every number within `tolerance` times the largest expected one (or `atLeast`, for sums that nearly cancel out). */
export function expectClose(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
  atLeast = 1e-3,
): void {
  expect(actual).toHaveLength(expected.length);
  const size = Math.max(...expected.map(Math.abs), atLeast);
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!) / size, `number ${i}: ${value} for ${expected[i]}`).toBeLessThan(tolerance);
  });
}

export function expectFinite(outputs: readonly number[][]): void {
  for (const output of outputs) for (const value of output) expect(value).toSatisfy(Number.isFinite);
}

/** float32 numbers in double precision, roughly uniform in [−factor, factor]. */
export function randomDoubles(shape: number[], seed: number, factor = 1): { data: Float64Array; shape: number[] } {
  const data = Float64Array.from(randomValues(shape, seed).data, (value) => Math.fround(factor * value));
  return { data, shape };
}

/**
 * Compares a gradient with central differences of `loss`, a function of the values in `data`, at every `every`-th of them.
 */
export function expectGradient(
  gradient: readonly number[],
  data: Float64Array,
  loss: () => number,
  { tolerance = 1e-5, every = 1, h = 1e-5, atLeast = 1e-3 } = {},
): void {
  expect(gradient).toHaveLength(data.length);
  const places = Array.from({ length: Math.ceil(data.length / every) }, (_, k) => k * every);
  const expected = places.map((i) => {
    const value = data[i]!;
    const [up, down] = [value + h, value - h].map((moved) => {
      data[i] = moved;
      return loss();
    });
    data[i] = value;
    return (up! - down!) / (2 * h);
  });
  expectClose(
    places.map((i) => gradient[i]!),
    expected,
    tolerance,
    atLeast,
  );
}
