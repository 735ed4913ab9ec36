import { FusedConv2D, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvAttributes, convInfo } from '../conv-geometry.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';
import { ACTIVATION_FLAGS, runConv2d } from '../run-conv2d.js';

/** Conv2D + bias + activation in one pass for linear, relu and relu6; other activations go to the stock kernel. */
export const fusedConv2dKernel: KernelReplacement = {
  kernelName: FusedConv2D,
  create: (runtime, stock) => (args) => {
    const { x, filter, bias } = args.inputs as { x: TensorInfo; filter: TensorInfo; bias?: TensorInfo };
    const attributes = args.attrs as unknown as ConvAttributes & { activation?: string };
    const flags = ACTIVATION_FLAGS[attributes.activation ?? 'linear'];
    const plainBias = !bias || (bias.shape.length === 1 && bias.shape[0] === filter.shape[3]);
    if (attributes.dataFormat === 'NCHW' || flags === undefined || !plainBias) {
      return requireStock(FusedConv2D, stock, `activation ${attributes.activation}`)(args);
    }
    return runConv2d(runtime, convInfo(x.shape, filter.shape, attributes), x, filter, bias, flags);
  },
};
