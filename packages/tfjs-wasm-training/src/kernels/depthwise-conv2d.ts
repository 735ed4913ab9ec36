import { DepthwiseConv2dNative, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvAttributes, convInfo, writeGeometry } from '../conv-geometry.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import { refuseChannelsFirst } from '../refuse-channels-first.js';

/** DepthwiseConv2dNative with any stride, padding and dilation; with a channel multiplier in plain loops. */
export const depthwiseConv2dKernel: KernelReplacement = {
  kernelName: DepthwiseConv2dNative,
  create: (runtime) => (args) => {
    const { x, filter } = args.inputs as { x: TensorInfo; filter: TensorInfo };
    const attributes = args.attrs as unknown as ConvAttributes;
    refuseChannelsFirst(attributes);
    const info = convInfo(x.shape, filter.shape, attributes, true);
    const output = runtime.output(info.outShape);
    const geometry = writeGeometry(runtime, info);
    const { depthwiseConv2d, depthwiseMultiplierConv2d } = runtime.kernels;
    const kernel = filter.shape[3] === 1 ? depthwiseConv2d : depthwiseMultiplierConv2d;
    kernel(geometry, runtime.address(x), runtime.address(filter), runtime.address(output));
    return output;
  },
};
