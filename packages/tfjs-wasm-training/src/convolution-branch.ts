import type { backend_util, Tensor } from '@tensorflow/tfjs-core';

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

/** Settings of `concatConv2d`. */
export interface ConcatConv2dOptions {
  /** What is applied to the joined output. Default 'linear': nothing. */
  activation?: 'linear' | 'relu';
}
