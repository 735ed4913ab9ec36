import { AvgPool3DGrad, backend_util, MaxPool3D, MaxPool3DGrad, type TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireFloats } from '../require-floats.js';
import { windowScratch, writeVolume } from '../volume-geometry.js';

interface Pool3dAttributes {
  filterSize: number | [number, number, number];
  strides: number | [number, number, number];
  pad: 'valid' | 'same' | number;
  dilations?: number | [number, number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** MaxPool3D: the stock kernel answers 1.2e-38 for every window whose values are all negative. */
export const maxPool3dKernel: KernelReplacement = {
  kernelName: MaxPool3D,
  create: (runtime) => (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    const attributes = args.attrs as unknown as Pool3dAttributes & { dataFormat?: string };
    requireFloats('maxPool3d', x);
    const info = poolInfo(x.shape, attributes, attributes.dataFormat);
    const result = runtime.output(info.outShape);
    runtime.kernels.maxPool3d(
      writeVolume(runtime, info),
      runtime.address(x),
      runtime.address(result),
      windowScratch(runtime, info),
    );
    return result;
  },
};

/** MaxPool3DGrad: the stock kernel loses the gradient of windows whose values are all negative. */
export const maxPool3dGradKernel: KernelReplacement = {
  kernelName: MaxPool3DGrad,
  create: (runtime) => (args) => {
    const { dy, input } = args.inputs as { dy: TensorInfo; input: TensorInfo };
    const info = poolInfo(input.shape, args.attrs as unknown as Pool3dAttributes);
    const result = runtime.output(input.shape);
    runtime.kernels.maxPool3dGradient(
      writeVolume(runtime, info),
      runtime.address(input),
      runtime.address(dy),
      runtime.address(result),
      windowScratch(runtime, info),
    );
    return result;
  },
};

/** AvgPool3DGrad, exact at padded edges, where tfjs divides by the window's full size instead of the averaged pixels. */
export const avgPool3dGradKernel: KernelReplacement = {
  kernelName: AvgPool3DGrad,
  create: (runtime) => (args) => {
    const { dy, input } = args.inputs as { dy: TensorInfo; input: TensorInfo };
    const info = poolInfo(input.shape, args.attrs as unknown as Pool3dAttributes);
    const result = runtime.output(input.shape);
    runtime.kernels.avgPool3dGradient(
      writeVolume(runtime, info),
      runtime.address(dy),
      runtime.address(result),
      windowScratch(runtime, info),
    );
    return result;
  },
};

function poolInfo(shape: number[], attributes: Pool3dAttributes, dataFormat?: string): backend_util.Conv3DInfo {
  const { filterSize, strides, pad, dilations, dimRoundingMode } = attributes;
  return backend_util.computePool3DInfo(
    shape as [number, number, number, number, number],
    filterSize as [number, number, number],
    strides as [number, number, number],
    dilations ?? 1,
    pad,
    dimRoundingMode,
    dataFormat as 'NDHWC' | undefined,
  );
}
