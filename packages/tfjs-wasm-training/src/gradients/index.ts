import type { GradientReplacement } from '../kernel-replacement.js';
import { conv2dGradient, depthwiseConv2dGradient } from './conv2d.js';
import { fusedBatchNormGradient } from './fused-batch-norm.js';
import { relu6Gradient, reluGradient } from './relu.js';

/** Every gradient this package registers; each leaves other backends to the stock one. */
export const gradientReplacements: readonly GradientReplacement[] = [
  conv2dGradient,
  depthwiseConv2dGradient,
  fusedBatchNormGradient,
  reluGradient,
  relu6Gradient,
];
