import { DepthwiseConv2dNativeBackpropFilter, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvAttributes, convInfo, writeGeometry } from '../conv-geometry.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import { refuseChannelsFirst } from '../refuse-channels-first.js';

/** DepthwiseConv2dNativeBackpropFilter, which the backend lacks; with a channel multiplier in plain loops. */
export const depthwiseBackpropFilterKernel: KernelReplacement = {
  kernelName: DepthwiseConv2dNativeBackpropFilter,
  create: (runtime) => (args) => {
    const { x, dy } = args.inputs as { x: TensorInfo; dy: TensorInfo };
    const attributes = args.attrs as unknown as ConvAttributes & { filterShape: number[] };
    refuseChannelsFirst(attributes);
    const info = convInfo(x.shape, attributes.filterShape, attributes, true);
    const result = runtime.output(attributes.filterShape);
    const geometry = writeGeometry(runtime, info);
    const { kernels } = runtime;
    if (attributes.filterShape[3] === 1) {
      const scratch = runtime.scratch('partial', kernels.depthwiseFilterGradientScratch(geometry));
      kernels.depthwiseFilterGradient(
        geometry,
        runtime.address(x),
        runtime.address(dy),
        runtime.address(result),
        scratch,
      );
    } else {
      kernels.depthwiseMultiplierFilterGradient(
        geometry,
        runtime.address(x),
        runtime.address(dy),
        runtime.address(result),
      );
    }
    return result;
  },
};
