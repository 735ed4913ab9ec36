import * as tf from '@tensorflow/tfjs-core';
import { type Convolve, type Options, type Pad, words } from './convolution-options.js';
import { paddedGradients } from './convolution-references.js';
import { explicit } from './explicit-padding.js';
import { gradientsOf, type KernelCase, make } from './kernel-case.js';

/** FusedConv2D and its gradients. */
export function fusedConvolutions(): KernelCase[] {
  const cases: KernelCase[] = [];
  const activations = ['linear', 'relu', 'relu6', 'sigmoid', 'elu', 'prelu', 'leakyrelu'] as const;
  const biases: (number[] | undefined)[] = [undefined, [5], [1], [], [1, 5]];
  const options: Options[] = [
    { strides: 1, pad: 'same' },
    { strides: 2, pad: 'valid' },
    { strides: 1, pad: 'same', dilations: 2 },
    { strides: 2, pad: 1, rounding: 'floor' },
    { strides: 2, pad: 1, rounding: 'ceil' },
    { strides: 2, pad: 0, rounding: 'round' },
    { strides: 1, pad: explicit([1, 2], [0, 3]) },
  ];
  for (const activation of activations) {
    for (const { strides, pad, dilations, rounding } of options) {
      for (const shape of biases) {
        const callWith = (padding: Pad, x: tf.Tensor, filter: tf.Tensor, bias?: tf.Tensor) =>
          tf.fused.conv2d({
            x: x as tf.Tensor4D,
            filter: filter as tf.Tensor4D,
            strides,
            pad: padding,
            dilations: dilations ?? 1,
            ...(rounding && padding === pad ? { dimRoundingMode: rounding } : {}),
            ...(bias ? { bias } : {}),
            activation,
            leakyreluAlpha: 0.3,
            ...(activation === 'prelu' ? { preluActivationWeights: make([5], 8) } : {}),
          });
        const call: Convolve = (x, w, sides, bias) => callWith(sides, x, w, bias);
        const name = `fused.conv2d, ${words({ strides, pad, dilations, rounding } as Options)}, bias [${shape}], ${activation}`;
        cases.push({
          name,
          run: () => callWith(pad, make([2, 7, 6, 3], 1), make([3, 3, 3, 5], 2), shape && make(shape, 3)),
        });
        if (dilations || shape?.length !== 1 || shape[0] === 1 || activation === 'prelu' || activation === 'leakyrelu')
          continue;
        const operands = () => [make([2, 7, 6, 3], 1), make([3, 3, 3, 5], 2), make(shape, 3)];
        cases.push({
          name: `gradients of ${name}`,
          run: () => gradientsOf((x, w, bias) => callWith(pad, x!, w!, bias), operands()),
          ...(rounding ? { expected: () => paddedGradients({ strides, pad, rounding }, operands(), call) } : {}),
        });
      }
    }
    cases.push({
      name: `fused.conv2d of NCHW with ${activation}`,
      run: () =>
        tf.fused.conv2d({
          x: make([1, 3, 5, 6], 1),
          filter: make([2, 2, 3, 4], 2),
          strides: 1,
          pad: 'valid',
          dataFormat: 'NCHW',
          activation,
        } as never),
      refused: /NHWC|NCHW|channelsFirst/,
    });
  }
  for (const shape of [[], [1], [1, 1, 5], [7, 6, 5], [1, 6, 5], [7, 1, 1], [7, 1, 5]]) {
    cases.push({
      name: `fused.conv2d with prelu weights [${shape}]`,
      run: () =>
        tf.fused.conv2d({
          x: make<tf.Rank.R4>([2, 7, 6, 3], 1),
          filter: make([3, 3, 3, 5], 2),
          strides: 1,
          pad: 'same',
          activation: 'prelu',
          preluActivationWeights: make(shape, 8),
        }),
      // The stock Prelu repeats its weights along the values, whatever their shape.
      ...(shape[0] === 7 && shape[1] === 1 ? { refused: /fused.conv2d: the weights of prelu do not fit/ } : {}),
    });
  }
  return cases;
}
