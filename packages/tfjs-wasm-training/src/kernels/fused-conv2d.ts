import { FusedConv2D, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvAttributes, convInfo } from '../conv-geometry.js';
import { withDtype } from '../convert-dtype.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireChannelBias } from '../padded-bias.js';
import { requireStock } from '../require-stock.js';
import { ACTIVATION_FLAGS, runConv2d } from '../run-conv2d.js';
import { type FusedActivation, stockActivation } from '../stock-activation.js';

/** Conv2D + bias + activation: one pass for linear, relu and relu6, one more for the others. NCHW goes to the stock kernel. */
export const fusedConv2dKernel: KernelReplacement = {
  kernelName: FusedConv2D,
  create: (runtime, stock) => (args) => {
    const attributes = args.attrs as unknown as ConvAttributes & FusedActivation;
    if (attributes.dataFormat === 'NCHW') return requireStock(FusedConv2D, stock, 'data format NCHW')(args);
    const given = args.inputs as {
      x: TensorInfo;
      filter: TensorInfo;
      bias?: TensorInfo;
      preluActivationWeights?: TensorInfo;
    };
    requireChannelBias('fused.conv2d', given.bias, given.filter.shape[3]!);
    return withDtype(runtime, given, 'float32', ({ x, filter, bias, preluActivationWeights }) => {
      const flags = ACTIVATION_FLAGS[attributes.activation ?? 'linear'];
      const output = runConv2d(runtime, convInfo(x.shape, filter.shape, attributes), x, filter, bias, flags ?? 0);
      return flags === undefined
        ? stockActivation(runtime, 'fused.conv2d', output, attributes, preluActivationWeights)
        : output;
    });
  },
};
