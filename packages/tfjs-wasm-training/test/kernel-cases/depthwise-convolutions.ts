import * as tf from '@tensorflow/tfjs-core';
import { DILATED, OPTIONS, words } from './convolution-options.js';
import { stuffedGradients, unusual } from './convolution-references.js';
import { gradientsOf, type KernelCase, make } from './kernel-case.js';

/** DepthwiseConv2dNative, its fused form, and their gradients. */
export function depthwiseConvolutions(): KernelCase[] {
  const cases: KernelCase[] = [];
  const sizes: [x: number[], filter: number[]][] = [
    [
      [2, 7, 6, 3],
      [3, 3, 3, 1],
    ],
    [
      [1, 8, 9, 8],
      [3, 3, 8, 1],
    ],
    [
      [2, 9, 8, 17],
      [5, 5, 17, 1],
    ],
    [
      [2, 6, 5, 4],
      [1, 1, 4, 1],
    ],
    [
      [2, 7, 6, 3],
      [3, 2, 3, 2],
    ],
    [
      [1, 7, 6, 8],
      [2, 3, 8, 3],
    ],
    [
      [5, 6, 3],
      [2, 3, 3, 4],
    ],
    [
      [0, 5, 6, 3],
      [2, 3, 3, 1],
    ],
    [
      [0, 5, 6, 3],
      [2, 3, 3, 2],
    ],
  ];
  for (const [xShape, filterShape] of sizes) {
    for (const options of [...OPTIONS, ...DILATED]) {
      const convolve = (x: tf.Tensor, w: tf.Tensor) =>
        tf.depthwiseConv2d(
          x as tf.Tensor4D,
          w as tf.Tensor4D,
          options.strides,
          options.pad,
          'NHWC',
          options.dilations,
          options.rounding,
        );
      const name = `depthwiseConv2d [${xShape}] ∗ [${filterShape}], ${words(options)}`;
      const operands = () => [make(xShape, 1), make(filterShape, 2)];
      cases.push({ name, run: () => convolve(...(operands() as [tf.Tensor, tf.Tensor])) });
      if (xShape[0] === 0) continue;
      cases.push({
        name: `gradients of ${name}`,
        run: () => gradientsOf(convolve as never, operands()),
        ...(options.dilations === undefined ? {} : { expected: () => stuffedGradients(options, operands(), true) }),
      });
    }
  }
  const [x, w] = [make<tf.Rank.R4>, make<tf.Rank.R4>];
  cases.push(
    {
      name: 'depthwiseConv2d of NCHW',
      run: () => tf.depthwiseConv2d(x([1, 3, 5, 3], 1), w([2, 2, 3, 1], 2), 1, 'valid', 'NCHW'),
      refused: /depthwiseConv2d: .*NCHW/,
    },
    ...(['linear', 'relu', 'relu6', 'elu'] as const).flatMap((activation) =>
      [1, 2].map((strides) => ({
        name: `gradients of fused.depthwiseConv2d with ${activation}, stride ${strides}`,
        run: () =>
          gradientsOf(
            (a, b, bias) =>
              tf.fused.depthwiseConv2d({
                x: a as tf.Tensor4D,
                filter: b as tf.Tensor4D,
                strides,
                pad: 'same',
                bias: bias!,
                activation,
              }),
            [x([2, 7, 6, 3], 1), w([3, 2, 3, 2], 2), make([6], 3)],
          ),
      })),
    ),
    {
      name: 'separableConv2d',
      run: () => tf.separableConv2d(x([1, 6, 7, 3], 1), w([3, 3, 3, 2], 2), w([1, 1, 6, 4], 3), 1, 'same'),
    },
    {
      name: 'gradients of separableConv2d',
      run: () =>
        gradientsOf(
          (a, b, c) => tf.separableConv2d(a as tf.Tensor4D, b as tf.Tensor4D, c as tf.Tensor4D, 2, 'same'),
          [x([1, 6, 7, 3], 1), w([3, 3, 3, 2], 2), w([1, 1, 6, 4], 3)],
        ),
    },
    {
      name: 'depthwiseConv2d of an infinity',
      run: () => tf.depthwiseConv2d(unusual([1, 5, 6, 3]), w([2, 2, 3, 1], 2), 1, 'same'),
    },
    {
      name: 'depthwiseConv2d of integers',
      run: () => tf.depthwiseConv2d(x([1, 5, 6, 3], 1, 'int32'), w([2, 2, 3, 1], 2), 1, 'same'),
    },
  );
  return cases;
}
