import { type backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type ConvAttributes, convInfo } from '../conv-geometry.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import { ACTIVATION_FLAGS, runConv2d } from '../run-conv2d.js';

/** Kernels that only this package knows; two, because only relu's gradient needs the output. */
export const ConcatConv2D = 'WasmTrainingConcatConv2D';
export const ConcatConv2DRelu = 'WasmTrainingConcatConv2DRelu';

/** Inputs: x, the filters in order, the biases in order (all or none). */
export interface ConcatConv2DAttributes {
  /** Strides, padding and dilations of each convolution. */
  convolutions: ConvAttributes[];
}

/** Convolutions of one input, all writing into one output, channel after channel; with or without relu. */
export const concatConv2dKernel = concatConvolution(ConcatConv2D, 'linear');
export const concatConv2dReluKernel = concatConvolution(ConcatConv2DRelu, 'relu');

function concatConvolution(kernelName: string, activation: 'linear' | 'relu'): KernelReplacement {
  return {
    kernelName,
    create: (runtime) => (args) => {
      const [x, ...weights] = args.inputs as unknown as TensorInfo[];
      const { convolutions } = args.attrs as unknown as ConcatConv2DAttributes;
      const infos = branchInfos(x!.shape, weights, convolutions);
      const [{ batchSize, outHeight, outWidth }] = infos as [backend_util.Conv2DInfo];
      const channels = util.sum(infos.map(({ outChannels }) => outChannels));
      const tensor = runtime.output([batchSize, outHeight, outWidth, channels]);
      let firstChannel = 0;
      infos.forEach((info, i) => {
        const bias = weights[infos.length + i];
        runConv2d(runtime, info, x!, weights[i]!, bias, ACTIVATION_FLAGS[activation]!, { tensor, firstChannel });
        firstChannel += info.outChannels;
      });
      return tensor;
    },
  };
}

/** Sizes of each convolution. */
export function branchInfos(
  inputShape: number[],
  filters: readonly TensorInfo[],
  convolutions: readonly ConvAttributes[],
): backend_util.Conv2DInfo[] {
  return convolutions.map((attributes, i) => convInfo(inputShape, filters[i]!.shape, attributes));
}
