import * as tf from '@tensorflow/tfjs-core';
import { DILATED, OPTIONS, words } from './convolution-options.js';
import { paddedGradients, stuffedGradients, unusual } from './convolution-references.js';
import { gradientsOf, type KernelCase, make } from './kernel-case.js';

/** Conv2D and its gradients. */
export function plainConvolutions(): KernelCase[] {
  const cases: KernelCase[] = [];
  const sizes: [x: number[], filter: number[]][] = [
    [
      [2, 7, 6, 3],
      [3, 3, 3, 5],
    ],
    [
      [1, 8, 9, 8],
      [3, 3, 8, 12],
    ],
    [
      [2, 16, 18, 16],
      [3, 3, 16, 8],
    ],
    [
      [2, 6, 5, 4],
      [1, 1, 4, 9],
    ],
    [
      [1, 9, 8, 1],
      [5, 2, 1, 2],
    ],
    [
      [5, 6, 3],
      [2, 3, 3, 4],
    ],
    [
      [0, 5, 6, 3],
      [2, 3, 3, 4],
    ],
  ];
  for (const [xShape, filterShape] of sizes) {
    for (const options of [...OPTIONS, ...DILATED]) {
      const convolve = (x: tf.Tensor, w: tf.Tensor) =>
        tf.conv2d(
          x as tf.Tensor4D,
          w as tf.Tensor4D,
          options.strides,
          options.pad,
          'NHWC',
          options.dilations,
          options.rounding,
        );
      const name = `conv2d [${xShape}] ∗ [${filterShape}], ${words(options)}`;
      const operands = () => [make(xShape, 1), make(filterShape, 2)];
      cases.push({ name, run: () => convolve(...(operands() as [tf.Tensor, tf.Tensor])) });
      if (xShape[0] === 0) continue;
      cases.push({
        name: `gradients of ${name}`,
        run: () => gradientsOf(convolve as never, operands()),
        ...(options.dilations === undefined ? {} : { expected: () => stuffedGradients(options, operands()) }),
        ...(options.rounding ? { expected: () => paddedGradients(options, operands()) } : {}),
      });
    }
  }
  const [x, w] = [() => make<tf.Rank.R4>([1, 3, 5, 6], 1), () => make<tf.Rank.R4>([2, 2, 3, 4], 2)];
  cases.push(
    {
      name: 'conv2d of NCHW',
      run: () => tf.conv2d(x(), w(), 1, 'valid', 'NCHW'),
      refused: /NCHW|channelsFirst/,
    },
    {
      name: 'gradients of conv2d of NCHW',
      run: () => gradientsOf((a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'valid', 'NCHW'), [x(), w()]),
      refused: /NCHW|channelsFirst/,
    },
    {
      name: 'conv2d of integers',
      run: () => tf.conv2d(make<tf.Rank.R4>([1, 4, 4, 2], 1, 'int32'), make<tf.Rank.R4>([2, 2, 2, 1], 2), 1, 'same'),
    },
    {
      name: 'conv2d with strides and dilations',
      run: () => tf.conv2d(make<tf.Rank.R4>([1, 9, 9, 2], 1), make<tf.Rank.R4>([2, 2, 2, 1], 2), 2, 'same', 'NHWC', 2),
    },
    {
      name: 'conv2d of other channels',
      run: () => tf.conv2d(make<tf.Rank.R4>([1, 4, 4, 2], 1), make<tf.Rank.R4>([2, 2, 3, 1], 2), 1, 'same'),
    },
    {
      name: 'conv2d with a filter far larger than the image',
      run: () => tf.conv2d(make<tf.Rank.R4>([1, 2, 2, 2], 1), make<tf.Rank.R4>([5, 6, 2, 1], 2), 1, 'valid'),
      refused: /conv2d: the window does not fit.*2 × 2.*5 × 6/,
    },
    {
      name: 'conv2d with a filter far too high for the image',
      run: () => tf.conv2d(make<tf.Rank.R4>([1, 2, 8, 2], 1), make<tf.Rank.R4>([5, 1, 2, 1], 2), 1, 'valid'),
      refused: /conv2d: the window does not fit.*2 × 8.*5 × 1/,
    },
    {
      name: 'depthwiseConv2d with a filter far larger than the image',
      run: () => tf.depthwiseConv2d(make<tf.Rank.R4>([1, 2, 2, 2], 1), make<tf.Rank.R4>([5, 6, 2, 1], 2), 1, 'valid'),
      refused: /depthwiseConv2d: the window does not fit/,
    },
    {
      name: 'conv2d with a filter larger than the image',
      run: () => tf.conv2d(make<tf.Rank.R4>([1, 2, 2, 2], 1), make<tf.Rank.R4>([3, 3, 2, 1], 2), 1, 'valid'),
    },
    {
      name: 'conv2d with a filter larger than the image, same',
      run: () => tf.conv2d(make<tf.Rank.R4>([1, 2, 2, 2], 1), make<tf.Rank.R4>([5, 5, 2, 1], 2), 1, 'same'),
    },
    {
      name: 'conv1d',
      run: () => tf.conv1d(make<tf.Rank.R3>([2, 9, 3], 1), make<tf.Rank.R3>([4, 3, 5], 2), 1, 'same', 'NWC', 2),
    },
    {
      name: 'gradients of conv1d',
      run: () =>
        gradientsOf(
          (a, b) => tf.conv1d(a as tf.Tensor3D, b as tf.Tensor3D, 2, 'same'),
          [make([2, 9, 3], 1), make([4, 3, 5], 2)],
        ),
    },
    {
      name: 'conv2d of an infinity',
      run: () => tf.conv2d(unusual([1, 5, 6, 3]), make<tf.Rank.R4>([2, 2, 3, 4], 2), 1, 'same'),
    },
  );
  return cases;
}
