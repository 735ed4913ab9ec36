import { add, concat, conv2d, relu, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { ConvAttributes } from './conv-geometry.js';

/** concatConv2d made of tfjs operations: x, the filters and the biases (all or none) of the convolutions. */
export function composedConcatConv2d(
  inputs: readonly Tensor[],
  convolutions: readonly ConvAttributes[],
  activation: 'linear' | 'relu',
): Tensor4D {
  const [x, ...weights] = inputs as [Tensor4D, ...Tensor4D[]];
  const parts = convolutions.map(({ strides, pad, dilations }, i) => {
    const sum = conv2d(x, weights[i]!, strides, pad, 'NHWC', dilations);
    const bias = weights[convolutions.length + i];
    return bias ? (add(sum, bias) as Tensor4D) : sum;
  });
  const joined = parts.length === 1 ? parts[0]! : concat(parts, 3);
  return activation === 'relu' ? relu(joined) : joined;
}
