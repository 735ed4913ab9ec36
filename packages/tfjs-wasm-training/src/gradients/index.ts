import type { GradConfig } from '@tensorflow/tfjs-core';
import type { GradientReplacement } from '../kernel-replacement.js';
import { concatConv2dGradient, concatConv2dReluGradient } from './concat-conv2d.js';
import { conv2dGradient, depthwiseConv2dGradient } from './conv2d.js';
import { conv3dBackpropInputGradient, conv3dGradient } from './conv3d.js';
import { cumsumGradient } from './cumsum.js';
import { relu6Gradient, reluGradient, sigmoidGradient, squareGradient } from './elementwise.js';
import { fusedBatchNormGradient } from './fused-batch-norm.js';
import { mirrorPadGradient } from './mirror-pad.js';
import { stepGradients } from './steps.js';
import { meanGradient, sumGradient } from './sum-and-mean.js';

/** Every gradient this package registers; each leaves other backends to the stock one. */
export const gradientReplacements: readonly GradientReplacement[] = [
  conv2dGradient,
  depthwiseConv2dGradient,
  conv3dGradient,
  fusedBatchNormGradient,
  reluGradient,
  relu6Gradient,
  sigmoidGradient,
  squareGradient,
  sumGradient,
  meanGradient,
  cumsumGradient,
  mirrorPadGradient,
];

/** Gradients that tfjs lacks, and those of kernels that only this package has. */
export const ownGradients: readonly GradConfig[] = [
  concatConv2dGradient,
  concatConv2dReluGradient,
  conv3dBackpropInputGradient,
  ...stepGradients,
];
