import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { joinedConvolutions } from './joined-convolutions.js';

/** Weights of a fire module, as tfjs-layers keeps those of its three convolutions. */
export interface FireWeights {
  /** [1, 1, channels, squeezed] */
  squeezeKernel: Tensor;
  /** [squeezed] */
  squeezeBias: Tensor;
  /** [1, 1, squeezed, expanded] */
  expand1x1Kernel: Tensor;
  /** [expanded] */
  expand1x1Bias: Tensor;
  /** [3, 3, squeezed, expanded] */
  expand3x3Kernel: Tensor;
  /** [expanded] */
  expand3x3Bias: Tensor;
}

/**
 * SqueezeNet's fire module (Iandola et al. 2016): a 1 × 1 convolution to few channels, then a 1 × 1 and a 3 × 3 one side by
 * side, joined; relu behind each. On the WASM backend without copies, see `concatConv2d`.
 *
 * @param x [batch, height, width, channels]
 * @returns [batch, height, width, 2 · expanded]
 * @throws if the shapes do not fit
 */
export function fire(x: Tensor4D, weights: FireWeights): Tensor4D {
  const squeeze = { filter: weights.squeezeKernel, bias: weights.squeezeBias };
  const squeezed = joinedConvolutions('fire', x, [squeeze], { activation: 'relu' });
  return joinedConvolutions(
    'fire',
    squeezed,
    [
      { filter: weights.expand1x1Kernel, bias: weights.expand1x1Bias },
      { filter: weights.expand3x3Kernel, bias: weights.expand3x3Bias, pad: 'same' },
    ],
    { activation: 'relu' },
  );
}
