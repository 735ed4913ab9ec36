import { AvgPoolGrad, backend_util, MaxPoolGrad, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvAttributes, writeGeometry } from '../conv-geometry.js';
import type { KernelReplacement } from '../kernel-replacement.js';

type PoolAttributes = ConvAttributes & { filterSize: number | [number, number] };

/** MaxPoolGrad, exact: the stock kernel loses the gradient of every window whose values are all negative. */
export const maxPoolGradKernel: KernelReplacement = {
  kernelName: MaxPoolGrad,
  create: (runtime) => (args) => {
    const { dy, input, output } = args.inputs as { dy: TensorInfo; input: TensorInfo; output: TensorInfo };
    const geometry = writeGeometry(runtime, poolInfo(input.shape, args.attrs as unknown as PoolAttributes));
    const result = runtime.output(input.shape);
    runtime.kernels.maxPoolGradient(
      geometry,
      runtime.address(input),
      runtime.address(output),
      runtime.address(dy),
      runtime.address(result),
    );
    return result;
  },
};

/** AvgPoolGrad, exact at padded edges, where tfjs divides by the window's full size instead of the averaged pixels. */
export const avgPoolGradKernel: KernelReplacement = {
  kernelName: AvgPoolGrad,
  create: (runtime) => (args) => {
    const { dy, input } = args.inputs as { dy: TensorInfo; input: TensorInfo };
    const geometry = writeGeometry(runtime, poolInfo(input.shape, args.attrs as unknown as PoolAttributes));
    const result = runtime.output(input.shape);
    runtime.kernels.avgPoolGradient(geometry, runtime.address(dy), runtime.address(result));
    return result;
  },
};

function poolInfo(shape: number[], attributes: PoolAttributes): backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  return backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize as [number, number],
    strides as [number, number],
    1,
    pad,
    dimRoundingMode,
  );
}
