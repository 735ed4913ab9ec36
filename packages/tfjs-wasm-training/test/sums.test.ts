import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomValues, startBackends } from './backends.js';
import { randomNumbers } from './random-numbers.js';

beforeAll(startBackends);

/** Largest difference to sums in double precision, relative to the sum of the absolute values. */
function errorOfReduction(
  op: 'sum' | 'mean',
  data: Float32Array,
  shape: number[],
  axes: number[] | undefined,
  keepDims: boolean,
): number {
  const reduced = (axes ?? shape.map((_, i) => i)).map((axis) => (axis + shape.length) % shape.length);
  const kept = shape.map((size, i) => (reduced.includes(i) ? 1 : size));
  const sums = new Float64Array(tf.util.sizeFromShape(kept));
  const sizes = new Float64Array(sums.length);
  data.forEach((value, index) => {
    let rest = index;
    let at = 0;
    let stride = 1;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const position = rest % shape[axis]!;
      rest = (rest - position) / shape[axis]!;
      if (!reduced.includes(axis)) {
        at += position * stride;
        stride *= shape[axis]!;
      }
    }
    sums[at]! += value;
    sizes[at]! += Math.abs(value);
  });
  const divisor = op === 'mean' ? data.length / sums.length : 1;
  const [actual, outShape] = tf.tidy(() => {
    const y = (op === 'sum' ? tf.sum : tf.mean)(tf.tensor(data, shape), axes, keepDims);
    return [y.dataSync<'float32'>(), y.shape] as never;
  }) as unknown as [Float32Array, number[]];
  expect(outShape).toEqual(keepDims ? kept : shape.filter((_, i) => !reduced.includes(i)));
  let worst = 0;
  sums.forEach((sum, i) => {
    worst = Math.max(worst, Math.abs(actual[i]! - sum / divisor) / (sizes[i]! / divisor || 1));
  });
  return worst;
}

describe('sums and means', () => {
  it('of a million times 0.1 are right to the last digits', () => {
    const tenth = Math.fround(0.1);
    const [mean, sum] = tf.tidy(() => {
      const x = tf.fill([1000, 1000], 0.1);
      return [tf.mean(x).dataSync()[0], tf.sum(x).dataSync()[0]];
    }) as unknown as [number, number];
    expect(mean).toBe(tenth);
    expect(sum).toBe(Math.fround(1e6 * tenth));
    // What is composed of them:
    const [variance, norm, rest] = tf.tidy(() => {
      const x = tf.tile(tf.tensor1d([0.1, 0.3]), [500000]);
      const loss = tf.losses.meanSquaredError(tf.zeros([1000000]), tf.fill([1000000], 0.1));
      return [
        tf.moments(x).variance.dataSync()[0],
        tf.norm(x).dataSync()[0],
        [loss.dataSync()[0]!, tf.logSumExp(tf.fill([1000000], 0.1)).dataSync()[0]!],
      ];
    }) as unknown as [number, number, [number, number]];
    expect(variance).toBeCloseTo(0.01, 8);
    expect(norm / Math.sqrt(5e5 * (0.01 + 0.09))).toBeCloseTo(1, 6);
    expect(rest[0]).toBeCloseTo(0.01, 8);
    expect(rest[1]).toBeCloseTo(0.1 + Math.log(1e6), 5);
  });

  it.each(['sum', 'mean'] as const)('%s: every combination of axes has the error of a single rounding or two', (op) => {
    const shape = [3, 5, 1, 7, 4];
    const { data } = randomValues(shape, 3);
    for (let mask = 1; mask < 2 ** shape.length; mask++) {
      const axes = shape.flatMap((_, i) => (mask & (1 << i) ? [i] : []));
      for (const keepDims of [false, true]) {
        expect(errorOfReduction(op, data, shape, axes, keepDims), `${axes}`).toBeLessThan(3e-7);
      }
    }
    expect(errorOfReduction(op, data, shape, undefined, false)).toBeLessThan(1.2e-7);
    expect(errorOfReduction(op, data, shape, [-1, 0], true)).toBeLessThan(3e-7);
  });

  it.each([
    [[1 << 20], [0]],
    [[100003, 3], [0]],
    [[100003, 3], [1]],
    [[2, 40000, 5], [1]],
    [
      [2, 40000, 5],
      [0, 1],
    ],
    [
      [2, 40000, 5],
      [0, 2],
    ],
    [
      [300, 7, 500],
      [0, 2],
    ],
    [
      [33, 33, 33, 9],
      [0, 1, 2],
    ],
  ])('%j over %j: as exact as numpy in float32, or better', (shape, axes) => {
    // All positive: errors of a running sum add up in one direction.
    const data = randomNumbers(tf.util.sizeFromShape(shape), 5).map((value) => Math.abs(value) + 0.01);
    for (const op of ['sum', 'mean'] as const)
      expect(errorOfReduction(op, data, shape, axes, false)).toBeLessThan(1e-6);
  });

  it('of nothing, of a scalar, of no axes and of numbers that are not finite are as tfjs has them', () => {
    const results = tf.tidy(() => {
      const [nothing, scalar] = [tf.zeros([0, 3]), tf.scalar(2.5)];
      return [
        tf.sum(nothing).dataSync()[0],
        tf.mean(nothing, 0).dataSync()[0],
        tf.sum(nothing, 1).shape[0],
        tf.mean(scalar).dataSync()[0],
        Array.from(tf.sum(tf.tensor2d([[1, 2]]), []).dataSync()),
        tf.sum(tf.tensor1d([1, Number.POSITIVE_INFINITY])).dataSync()[0],
        tf.mean(tf.tensor1d([1, Number.NaN])).dataSync()[0],
        tf.sum(tf.tensor1d([1, 2, 3], 'int32')).dataSync()[0],
        tf.sum(tf.tensor1d([true, true], 'bool')).dataSync()[0],
        tf.mean(tf.tensor1d([1, 2], 'int32')).dataSync()[0],
      ] as never;
    }) as unknown;
    expect(results).toEqual([0, Number.NaN, 0, 2.5, [1, 2], Number.POSITIVE_INFINITY, Number.NaN, 6, 2, 1.5]);
  });
});
