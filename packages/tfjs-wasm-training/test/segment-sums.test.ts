import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackends } from './backends.js';
import { randomNumbers } from './random-numbers.js';

beforeAll(startBackends);

describe('UnsortedSegmentSum', () => {
  it('is that of the cpu backend for every shape, with rows of no segment', () => {
    for (const shape of [[9], [9, 1], [9, 4], [9, 7], [9, 3, 5], [9, 2, 2, 2]]) {
      const segments = [0, 3, 3, -1, 4, 0, 9, 3, 5];
      for (const count of [1, 4, 6]) {
        const [expected, actual] = onBoth(() =>
          tf.unsortedSegmentSum(
            tf.tensor(randomNumbers(tf.util.sizeFromShape(shape), 1), shape),
            tf.tensor1d(segments, 'int32'),
            count,
          ),
        );
        expect(actual!.shape).toEqual(expected!.shape);
        expectClose(actual!.values, expected!.values);
      }
    }
  });

  it('adds integers as integers', () => {
    tf.tidy(() => {
      const x = tf.tensor2d(
        [
          [2 ** 24 + 1, 1],
          [2, 2],
          [4, 4],
        ],
        [3, 2],
        'int32',
      );
      const sums = tf.unsortedSegmentSum(x, tf.tensor1d([1, 0, 1], 'int32'), 3);
      expect(sums.dtype).toBe('int32');
      expect([...sums.dataSync()]).toEqual([2, 2, 2 ** 24 + 5, 5, 0, 0]);
    });
  });

  it('has no digits to lose in a segment of many rows', () => {
    tf.tidy(() => {
      const rows = 1e6;
      for (const columns of [1, 4]) {
        const sums = tf.unsortedSegmentSum(tf.fill([rows, columns], 0.1), tf.zeros([rows], 'int32') as tf.Tensor1D, 2);
        for (const sum of sums.dataSync().slice(0, columns)) expect(sum / (rows * Math.fround(0.1))).toBeCloseTo(1, 6);
      }
    });
  });

  it('works without rows, and refuses what does not fit', () => {
    tf.tidy(() => {
      const none = tf.unsortedSegmentSum(tf.zeros([0, 3]), tf.tensor1d([], 'int32'), 2);
      expect([...none.dataSync()]).toEqual([0, 0, 0, 0, 0, 0]);
      const x = tf.ones([4, 3]);
      expect(() => tf.unsortedSegmentSum(x, tf.tensor1d([0, 1], 'int32'), 2)).toThrow(
        'tf.unsortedSegmentSum: segmentIds do not fit x on the WASM backend; expected int32 of shape [4], got int32 of shape [2]',
      );
      expect(() => tf.unsortedSegmentSum(tf.cast(x, 'bool'), tf.zeros([4], 'int32') as tf.Tensor1D, 2)).toThrow(
        'expected float32 or int32, got bool',
      );
    });
  });
});

describe('the gradient of gather', () => {
  it('is that of the cpu backend along every axis', () => {
    for (const axis of [0, 1, 2, -1]) {
      const [expected, actual] = onBoth(() => {
        const indices = tf.tensor2d(
          [
            [0, 2],
            [2, 1],
          ],
          [2, 2],
          'int32',
        );
        const x = tf.tensor(randomNumbers(60, 2), [4, 3, 5]);
        return tf.grad((value) => tf.sum(tf.square(tf.gather(value, indices, axis))))(x);
      });
      expect(actual!.shape).toEqual([4, 3, 5]);
      expectClose(actual!.values, expected!.values);
    }
  });

  it('has a gradient itself', () => {
    const [expected, actual] = onBoth(() => {
      const x = tf.tensor(randomNumbers(12, 3), [4, 3]);
      const segments = tf.tensor1d([1, 0, 1, -1], 'int32');
      return tf.grad((value) => tf.sum(tf.square(tf.unsortedSegmentSum(value, segments, 2))))(x);
    });
    expectClose(actual!.values, expected!.values);
  });
});

function onBoth(run: () => tf.Tensor) {
  return ['cpu', 'wasm'].map((backend) => {
    tf.setBackend(backend);
    return tf.tidy(() => {
      const result = run();
      return { values: result.dataSync().slice(), shape: result.shape };
    });
  });
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) expect(actual[i]).toBeCloseTo(expected[i]!, 5);
}
