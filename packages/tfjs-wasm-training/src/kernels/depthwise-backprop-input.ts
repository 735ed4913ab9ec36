import { DepthwiseConv2dNativeBackpropInput, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvAttributes, convInfo, writeGeometry } from '../conv-geometry.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import { refuseChannelsFirst } from '../refuse-channels-first.js';

/** DepthwiseConv2dNativeBackpropInput, which the backend lacks; with a channel multiplier in plain loops. */
export const depthwiseBackpropInputKernel: KernelReplacement = {
  kernelName: DepthwiseConv2dNativeBackpropInput,
  create: (runtime) => (args) => {
    const { dy, filter } = args.inputs as { dy: TensorInfo; filter: TensorInfo };
    const attributes = args.attrs as unknown as ConvAttributes & { inputShape: number[] };
    refuseChannelsFirst(attributes);
    const info = convInfo(attributes.inputShape, filter.shape, attributes, true);
    const result = runtime.output(info.inShape);
    const geometry = writeGeometry(runtime, info);
    const { depthwiseInputGradient, depthwiseMultiplierInputGradient } = runtime.kernels;
    const kernel = filter.shape[3] === 1 ? depthwiseInputGradient : depthwiseMultiplierInputGradient;
    kernel(geometry, runtime.address(dy), runtime.address(filter), runtime.address(result));
    return result;
  },
};
