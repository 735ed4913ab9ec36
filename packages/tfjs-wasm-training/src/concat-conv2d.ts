import type { Tensor4D } from '@tensorflow/tfjs-core';
import { checkOptions } from './check-options.js';
import { branchNames, type ConcatConv2dOptions, type ConvolutionBranch } from './convolution-branch.js';
import { joinedConvolutions } from './joined-convolutions.js';

export type { ConcatConv2dOptions, ConvolutionBranch } from './convolution-branch.js';

/**
 * Convolutions of one input, each with its bias, joined along the channels, and an activation behind: the expanding half of a
 * fire module (SqueezeNet), one block of an inception network. On the WASM backend with enableWasmTraining() each writes
 * where its channels lie in the joined output, so nothing is copied, and its gradient reads them there; elsewhere it is
 * composed of tfjs operations. Gradients that nobody asks for are not computed.
 *
 * @param x [batch, height, width, inChannels]
 * @returns [batch, outHeight, outWidth, sum of the outChannels]
 * @throws if the shapes do not fit together, or strides, dilations or padding are none
 */
export function concatConv2d(
  x: Tensor4D,
  branches: readonly ConvolutionBranch[],
  options: ConcatConv2dOptions = {},
): Tensor4D {
  checkOptions('concatConv2d', options, { activation: 1 });
  for (const branch of branches) checkOptions('concatConv2d: a branch', branch, { filter: 1, ...branchNames });
  return joinedConvolutions('concatConv2d', x, branches, options);
}
