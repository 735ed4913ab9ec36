import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackends } from './backends.js';
import { gradientsOf, type KernelCase, make } from './kernel-cases/kernel-case.js';
import { difference, outcomeOn, referenceOf } from './kernel-cases/run-case.js';

beforeAll(startBackends);

const AXES = [-1, -2, -3];

const cases: KernelCase[] = [
  ...([[3], [2, 1, 1], [4, 1], [1, 1, 1, 3], [3, 2, 4, 3]] as number[][]).flatMap((slopes): KernelCase[] =>
    (['float32', 'int32', 'bool'] as const).map((dtype) => ({
      name: `prelu with slopes [${slopes}] of ${dtype}`,
      run: () => tf.prelu(make([2, 4, 3], 1), make(slopes, 2, dtype)),
    })),
  ),
  ...(['float32', 'int32', 'bool'] as const).map(
    (dtype): KernelCase => ({
      name: `dilation2d with a filter of ${dtype}`,
      run: () => tf.dilation2d(make<tf.Rank.R4>([1, 5, 6, 2], 1), make<tf.Rank.R3>([2, 2, 2], 2, dtype), 1, 'same'),
    }),
  ),
  {
    name: 'gradient of dilation2d with a filter of integers',
    run: () =>
      gradientsOf(
        (x) => tf.dilation2d(x as tf.Tensor4D, make<tf.Rank.R3>([2, 2, 2], 2, 'int32'), 1, 'same'),
        [make([1, 5, 6, 2], 1)],
      ),
  },
  {
    name: 'dilation2d of integers',
    run: () =>
      tf.dilation2d(make<tf.Rank.R4>([1, 5, 6, 2], 1, 'int32'), make<tf.Rank.R3>([2, 2, 2], 2, 'int32'), 1, 'same'),
  },
  ...AXES.flatMap((axis) =>
    [tf.cumsum, tf.cumprod].flatMap((operation): KernelCase[] =>
      (['float32', 'int32'] as const).map((dtype) => ({
        name: `${operation.name} of ${dtype} along axis ${axis}`,
        run: () => operation(make([2, 3, 4], 1, dtype), axis, true, true),
        // No backend of tfjs counts from the end.
        expected: () => operation(make([2, 3, 4], 1, dtype), axis + 3, true, true),
      })),
    ),
  ),
  ...AXES.map(
    (axis): KernelCase => ({
      name: `gradient of cumsum along axis ${axis}`,
      run: () => gradientsOf((x) => tf.cumsum(x, axis), [make([3, 3, 3], 1)]),
      // Each value is in all sums from its own on.
      expected: () => tf.cumsum(make([3, 3, 3], 97), axis + 3, false, true),
    }),
  ),
];

describe('types and arguments that the stock kernels get wrong without a word', () => {
  it.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
    const actual = outcomeOn('wasm', each);
    expect(actual).not.toHaveProperty('error');
    expect(difference(actual, referenceOf(each))).toBeUndefined();
  });

  const refused: [name: string, run: () => tf.Tensor, message: RegExp][] = [
    [
      'dilation2d of truth values',
      () => tf.dilation2d(make<tf.Rank.R4>([1, 5, 6, 2], 1, 'bool'), make<tf.Rank.R3>([2, 2, 2], 2, 'bool'), 1, 'same'),
      /dilation2d: .*expected float32.*got bool/,
    ],
    [
      'dilation2d of integers by floats',
      () => tf.dilation2d(make<tf.Rank.R4>([1, 5, 6, 2], 1, 'int32'), make<tf.Rank.R3>([2, 2, 2], 2), 1, 'same'),
      /dilation2d: .*expected float32.*got int32/,
    ],
    ['cumsum along an axis that is not there', () => tf.cumsum(make([2, 3], 1), -3), /axis.*-3/],
    ['cumprod along an axis that is not there', () => tf.cumprod(make([2, 3], 1), 2), /axis.*2/],
  ];
  it.each(refused)('refuses %s', (_, run, message) => {
    tf.setBackend('wasm');
    expect(() => tf.tidy(run)).toThrow(message);
  });
});
