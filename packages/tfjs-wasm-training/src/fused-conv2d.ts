import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { checkOptions } from './check-options.js';
import { branchNames, type ConcatConv2dOptions, type ConvolutionBranch } from './convolution-branch.js';
import { joinedConvolutions } from './joined-convolutions.js';

/** Settings of {@link fusedConv2d}. */
export type FusedConv2dOptions = Omit<ConvolutionBranch, 'filter'> & ConcatConv2dOptions;

/**
 * activation(x ∗ filter + bias) as one operation forwards and, for relu, one pass less backwards. Unlike
 * `tf.fused.conv2d` it computes no gradient that nobody asks for: none for the input of a first layer, where that is the
 * dearest of all. Any explicit padding, without a padded copy of x.
 *
 * @param x [batch, height, width, inChannels]
 * @param filter [height, width, inChannels, outChannels]
 * @returns [batch, outHeight, outWidth, outChannels]
 * @throws if the shapes do not fit
 */
export function fusedConv2d(x: Tensor4D, filter: Tensor, options: FusedConv2dOptions = {}): Tensor4D {
  checkOptions('fusedConv2d', options, { activation: 1, ...branchNames });
  const { activation, ...branch } = options;
  return joinedConvolutions('fusedConv2d', x, [{ filter, ...branch }], { activation });
}
