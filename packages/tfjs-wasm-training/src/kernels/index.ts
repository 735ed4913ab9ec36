import type { KernelReplacement } from '../kernel-replacement.js';
import { batchNormGradSumsKernel, scaleChannelsKernel } from './batch-norm-grad.js';
import { castKernel } from './cast.js';
import { concatKernel } from './concat.js';
import { concatConv2dKernel, concatConv2dReluKernel } from './concat-conv2d.js';
import { convNormActivationKernel } from './conv-norm-activation.js';
import { conv2dKernel } from './conv2d.js';
import { conv2dBackpropFilterKernel } from './conv2d-backprop-filter.js';
import { conv2dBackpropInputKernel } from './conv2d-backprop-input.js';
import { conv3dBackpropFilterKernel, conv3dBackpropInputKernel } from './conv3d-gradients.js';
import { cumulativeKernels } from './cumulative.js';
import { depthwiseBackpropFilterKernel } from './depthwise-backprop-filter.js';
import { depthwiseBackpropInputKernel } from './depthwise-backprop-input.js';
import { depthwiseConv2dKernel } from './depthwise-conv2d.js';
import { dilation2dFilterGradKernel, dilation2dInputGradKernel, dilation2dKernel } from './dilation2d.js';
import { reluGradKernel, sigmoidGradKernel, squareGradKernel } from './elementwise-grad.js';
import { fusedBatchNormKernel } from './fused-batch-norm.js';
import { fusedConv2dKernel } from './fused-conv2d.js';
import { fusedDepthwiseConv2dKernel } from './fused-depthwise-conv2d.js';
import { harmonicsGradientKernel, harmonicsKernel } from './harmonics.js';
import { identityKernel } from './identity.js';
import { integerUnaryKernels, reverseKernel } from './integer-unary.js';
import { layerNormGradientKernel, layerNormKernel } from './layer-norm.js';
import { batchMatMulKernel, fusedMatMulKernel } from './mat-mul.js';
import { avgPoolGradKernel, maxPoolGradKernel } from './pool-gradients.js';
import { avgPoolKernel, maxPoolKernel, maxPoolWithArgmaxKernel } from './pool2d.js';
import { avgPool3dGradKernel, maxPool3dGradKernel, maxPool3dKernel } from './pool3d.js';
import { preluKernel } from './prelu.js';
import { radialBasisGradientKernel, radialBasisKernel } from './radial-basis.js';
import { randomFourierGradientKernel, randomFourierKernel } from './random-fourier.js';
import { rationalGradientKernel, rationalKernel } from './rational.js';
import { resizeBilinearGradKernel, resizeNearestNeighborGradKernel } from './resize-gradients.js';
import { splitKernel } from './split.js';
import { spreadRowsKernel } from './spread-rows.js';
import { squeezeExcitationKernel } from './squeeze-excitation.js';
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
  maxPoolKernel,
  avgPoolKernel,
  maxPoolWithArgmaxKernel,
  maxPoolGradKernel,
  avgPoolGradKernel,
  conv3dBackpropInputKernel,
  conv3dBackpropFilterKernel,
  maxPool3dKernel,
  maxPool3dGradKernel,
  avgPool3dGradKernel,
  dilation2dKernel,
  dilation2dInputGradKernel,
  dilation2dFilterGradKernel,
  resizeBilinearGradKernel,
  resizeNearestNeighborGradKernel,
  preluKernel,
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
  convNormActivationKernel,
  squeezeExcitationKernel,
  ...integerUnaryKernels,
  reverseKernel,
  ...cumulativeKernels,
  fusedDepthwiseConv2dKernel,
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
