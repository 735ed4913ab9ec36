import type { KernelReplacement } from '../kernel-replacement.js';
import { batchNormGradSumsKernel, scaleChannelsKernel } from './batch-norm-grad.js';
import { castKernel } from './cast.js';
import { concatKernel } from './concat.js';
import { concatConv2dKernel, concatConv2dReluKernel } from './concat-conv2d.js';
import { conv2dKernel } from './conv2d.js';
import { conv2dBackpropFilterKernel } from './conv2d-backprop-filter.js';
import { conv2dBackpropInputKernel } from './conv2d-backprop-input.js';
import { depthwiseBackpropFilterKernel } from './depthwise-backprop-filter.js';
import { depthwiseBackpropInputKernel } from './depthwise-backprop-input.js';
import { depthwiseConv2dKernel } from './depthwise-conv2d.js';
import { reluGradKernel, sigmoidGradKernel, squareGradKernel } from './elementwise-grad.js';
import { fusedBatchNormKernel } from './fused-batch-norm.js';
import { fusedConv2dKernel } from './fused-conv2d.js';
import { harmonicsGradientKernel, harmonicsKernel } from './harmonics.js';
import { identityKernel } from './identity.js';
import { layerNormGradientKernel, layerNormKernel } from './layer-norm.js';
import { batchMatMulKernel, fusedMatMulKernel } from './mat-mul.js';
import { avgPoolGradKernel, maxPoolGradKernel } from './pool-gradients.js';
import { radialBasisGradientKernel, radialBasisKernel } from './radial-basis.js';
import { randomFourierGradientKernel, randomFourierKernel } from './random-fourier.js';
import { rationalGradientKernel, rationalKernel } from './rational.js';
import { splitKernel } from './split.js';
import { spreadRowsKernel } from './spread-rows.js';
import { meanKernel, sumKernel } from './sum-and-mean.js';
import { unsortedSegmentSumKernel } from './unsorted-segment-sum.js';
import { waveletsGradientKernel, waveletsKernel } from './wavelets.js';

/** Every kernel this package registers for the 'wasm' backend. */
export const kernelReplacements: readonly KernelReplacement[] = [
  conv2dKernel,
  fusedConv2dKernel,
  concatConv2dKernel,
  concatConv2dReluKernel,
  conv2dBackpropInputKernel,
  conv2dBackpropFilterKernel,
  depthwiseConv2dKernel,
  depthwiseBackpropInputKernel,
  depthwiseBackpropFilterKernel,
  maxPoolGradKernel,
  avgPoolGradKernel,
  batchMatMulKernel,
  fusedMatMulKernel,
  sumKernel,
  meanKernel,
  fusedBatchNormKernel,
  batchNormGradSumsKernel,
  scaleChannelsKernel,
  reluGradKernel,
  sigmoidGradKernel,
  squareGradKernel,
  spreadRowsKernel,
  identityKernel,
  castKernel,
  concatKernel,
  unsortedSegmentSumKernel,
  splitKernel,
  layerNormKernel,
  layerNormGradientKernel,
  radialBasisKernel,
  radialBasisGradientKernel,
  waveletsKernel,
  waveletsGradientKernel,
  harmonicsKernel,
  harmonicsGradientKernel,
  rationalKernel,
  rationalGradientKernel,
  randomFourierKernel,
  randomFourierGradientKernel,
];
