import type { GradientReplacement } from '../kernel-replacement.js';
import { conv2dGradient, depthwiseConv2dGradient } from './conv2d.js';
import { relu6Gradient, reluGradient, sigmoidGradient, squareGradient } from './elementwise.js';
import { fusedBatchNormGradient } from './fused-batch-norm.js';
import { meanGradient, sumGradient } from './sum-and-mean.js';

/** Every gradient this package registers; each leaves other backends to the stock one. */
export const gradientReplacements: readonly GradientReplacement[] = [
  conv2dGradient,
  depthwiseConv2dGradient,
  fusedBatchNormGradient,
  reluGradient,
  relu6Gradient,
  sigmoidGradient,
  squareGradient,
  sumGradient,
  meanGradient,
];
