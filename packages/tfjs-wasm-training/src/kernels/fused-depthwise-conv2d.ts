import { FusedDepthwiseConv2D } from '@tensorflow/tfjs-core';
import { noteFusedConvolution } from '../gradients/dilated-fused.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';

/** The stock kernel; only its attributes are noted, for the gradient with dilation. */
export const fusedDepthwiseConv2dKernel: KernelReplacement = {
  kernelName: FusedDepthwiseConv2D,
  create: (_, stock) => (args) => {
    noteFusedConvolution(FusedDepthwiseConv2D, args.attrs!);
    return requireStock(FusedDepthwiseConv2D, stock, 'a fused depthwise convolution')(args);
  },
};
