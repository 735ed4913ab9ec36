import type { backend_util, Tensor } from '@tensorflow/tfjs-core';
import type { OptionNames } from './check-options.js';

/** One of the convolutions of `concatConv2d`. */
export interface ConvolutionBranch {
  /** [height, width, inChannels, outChannels] */
  filter: Tensor;
  /** [outChannels]; all branches have one, or none has. */
  bias?: Tensor;
  /** Default 1. */
  strides?: number | [number, number];
  /** Default 'valid'. */
  pad?: 'valid' | 'same' | backend_util.ExplicitPadding;
  /** Default 1. */
  dilations?: number | [number, number];
}

/** What else than its filter a {@link ConvolutionBranch} has, by name. */
export const branchNames: OptionNames<Omit<ConvolutionBranch, 'filter'>> = {
  bias: 1,
  strides: 1,
  pad: 1,
  dilations: 1,
};

/** Settings of `concatConv2d`. */
export interface ConcatConv2dOptions {
  /** What is applied to the joined output. Default 'linear': nothing. */
  activation?: 'linear' | 'relu';
}
