import * as tf from '@tensorflow/tfjs-core';
import type { Pad, Pair } from './convolution-options.js';
import { gradientsOf, type KernelCase, make } from './kernel-case.js';

/** The transposed convolution and its gradients. */
export function transposedConvolutions(): KernelCase[] {
  const cases: KernelCase[] = [];
  for (const [size, filter, strides, output, pad] of [
    [[3, 4], [3, 3], 1, [3, 4], 'same'],
    [[3, 4], [3, 3], 1, [5, 6], 'valid'],
    [[3, 4], [2, 3], 2, [6, 8], 'same'],
    [[3, 4], [2, 3], 2, [5, 7], 'same'],
    [[3, 4], [3, 3], 2, [7, 9], 'valid'],
    [[3, 4], [3, 3], 2, [8, 10], 'valid'],
    [[3, 4], [2, 2], 3, [8, 11], 'valid'],
    [[3, 4], [2, 2], 2, [4, 6], 1],
    // The input is larger than what a convolution of the output gives: only its beginning counts.
    [[3, 3], [1, 1], 1, [2, 2], 'valid'],
    [[3, 3], [1, 1], 1, [2, 2], 'same'],
    [[8, 8], [8, 8], 1, [4, 4], 'same'],
    [[5, 7], [2, 3], 2, [3, 5], 'valid'],
    [[9, 9], [3, 3], 1, [6, 7], 'same'],
  ] as [Pair, Pair, number, Pair, Pad][]) {
    for (const [inChannels, outChannels] of [
      [3, 2],
      [8, 16],
    ] as const) {
      const name = `conv2dTranspose of ${size} by ${filter}, stride ${strides}, ${pad}, to ${output}, ${inChannels} channels`;
      const call = (x: tf.Tensor, w: tf.Tensor) =>
        tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, [2, ...output, outChannels], strides, pad as 'same');
      const operands = (dtype: tf.DataType = 'float32') => [
        make([2, ...size, inChannels], 1, dtype),
        make([...filter, outChannels, inChannels], 2, dtype),
      ];
      cases.push({ name, run: () => call(...(operands() as [tf.Tensor, tf.Tensor])) });
      cases.push({ name: `${name}, integers`, run: () => call(...(operands('int32') as [tf.Tensor, tf.Tensor])) });
      cases.push({ name: `gradients of ${name}`, run: () => gradientsOf(call as never, operands()) });
      cases.push({
        name: `gradient of ${name} by its filter`,
        run: () => gradientsOf((w) => call(operands()[0]!, w), [operands()[1]!]),
      });
    }
  }
  cases.push(
    {
      name: 'conv2dTranspose to an output that needs a larger input',
      run: () =>
        tf.conv2dTranspose(
          make<tf.Rank.R4>([1, 3, 3, 1], 1),
          make<tf.Rank.R4>([1, 1, 1, 1], 2),
          [1, 4, 4, 1],
          1,
          'valid',
        ),
      refused: /conv2dTranspose: .*4 × 4.*3 × 3/,
    },
    {
      name: 'conv2dTranspose to another batch',
      run: () =>
        tf.conv2dTranspose(
          make<tf.Rank.R4>([1, 3, 3, 1], 1),
          make<tf.Rank.R4>([1, 1, 1, 1], 2),
          [2, 3, 3, 1],
          1,
          'valid',
        ),
      refused: /conv2dTranspose: .*batch/,
    },
    {
      name: 'conv2dTranspose of the case by hand',
      run: () =>
        tf.conv2dTranspose(
          tf.tensor4d([0, 1, 2, 3, 4, 5, 6, 7, 8], [1, 3, 3, 1]),
          tf.ones([1, 1, 1, 1]),
          [1, 2, 2, 1],
          1,
          'valid',
        ),
      expected: () => tf.tensor4d([0, 1, 3, 4], [1, 2, 2, 1]),
    },
    {
      name: 'conv2dTranspose of one image',
      run: () =>
        tf.conv2dTranspose(make<tf.Rank.R3>([3, 3, 2], 1), make<tf.Rank.R4>([2, 2, 3, 2], 2), [6, 6, 3], 2, 'same'),
    },
  );
  return cases;
}
