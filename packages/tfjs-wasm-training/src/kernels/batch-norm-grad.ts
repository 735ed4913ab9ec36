import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';

/** Kernels that only this package knows: what the gradient of FusedBatchNorm is made of. */
export const BatchNormGradSums = 'WasmTrainingBatchNormGradSums';
export const ScaleChannels = 'WasmTrainingScaleChannels';

/** {x, dy, mean} → [Σ dy, Σ dy·(x − mean)], channel by channel. */
export const batchNormGradSumsKernel: KernelReplacement = {
  kernelName: BatchNormGradSums,
  create: (runtime) => (args) => {
    const { x, dy, mean } = args.inputs as { x: TensorInfo; dy: TensorInfo; mean: TensorInfo };
    const channels = mean.shape[0]!;
    const sums = runtime.output([channels]);
    const products = runtime.output([channels]);
    runtime.kernels.batchNormGradientSums(
      runtime.address(x),
      runtime.address(dy),
      runtime.address(mean),
      runtime.address(sums),
      runtime.address(products),
      util.sizeFromShape(x.shape) / channels,
      channels,
    );
    return [sums, products];
  },
};

/** {x, scale} → x · scale, one factor a channel. */
export const scaleChannelsKernel: KernelReplacement = {
  kernelName: ScaleChannels,
  create: (runtime) => (args) => {
    const { x, scale } = args.inputs as { x: TensorInfo; scale: TensorInfo };
    const channels = scale.shape[0]!;
    const result = runtime.output(x.shape);
    const shift = runtime.scratch('shift', channels * 4);
    runtime.floats(shift, channels).fill(0);
    const rows = util.sizeFromShape(x.shape) / channels;
    runtime.kernels.scaleShift(
      runtime.address(x),
      runtime.address(result),
      runtime.address(scale),
      shift,
      rows,
      channels,
    );
    return result;
  },
};
