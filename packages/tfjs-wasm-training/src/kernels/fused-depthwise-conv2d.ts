import { FusedDepthwiseConv2D } from '@tensorflow/tfjs-core';
import type { ConvAttributes } from '../conv-geometry.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';

/** The stock kernel, but for sizes that are rounded up: it leaves the pixels that are added unwritten, and shifts the others. */
export const fusedDepthwiseConv2dKernel: KernelReplacement = {
  kernelName: FusedDepthwiseConv2D,
  create: (_runtime, stock) => (args) => {
    const { dimRoundingMode } = args.attrs as unknown as ConvAttributes;
    if (dimRoundingMode && dimRoundingMode !== 'floor') {
      throw new Error(
        `fused.depthwiseConv2d: sizes cannot be rounded so on the WASM backend; expected dimRoundingMode 'floor' or none, got '${dimRoundingMode}'. Use tf.depthwiseConv2d, and the activation by itself.`,
      );
    }
    return requireStock(FusedDepthwiseConv2D, stock, 'this convolution')(args);
  },
};
