import { Conv2D, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvAttributes, convInfo } from '../conv-geometry.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';
import { runConv2d } from '../run-conv2d.js';

/** Conv2D: any number of channels, stride, padding and dilation. Layouts other than NHWC go to the stock kernel. */
export const conv2dKernel: KernelReplacement = {
  kernelName: Conv2D,
  create: (runtime, stock) => (args) => {
    const { x, filter } = args.inputs as { x: TensorInfo; filter: TensorInfo };
    const attributes = args.attrs as unknown as ConvAttributes;
    if (attributes.dataFormat === 'NCHW') return requireStock(Conv2D, stock, 'data format NCHW')(args);
    return runConv2d(runtime, convInfo(x.shape, filter.shape, attributes), x, filter, undefined, 0);
  },
};
