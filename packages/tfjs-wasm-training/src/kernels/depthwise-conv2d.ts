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
    const [from, weights, to] = [x, filter, output].map((tensor) => runtime.address(tensor)) as [
      number,
      number,
      number,
    ];
    if (filter.shape[3] === 1) runtime.kernels.depthwiseConv2d(geometry, from, weights, 0, to, 0);
    else runtime.kernels.depthwiseMultiplierConv2d(geometry, from, weights, to);
    return output;
  },
};
