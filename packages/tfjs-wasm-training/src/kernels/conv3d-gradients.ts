import {
  backend_util,
  Conv3DBackpropFilterV2,
  Conv3DBackpropInputV2,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { writeVolume } from '../volume-geometry.js';

type Shape5 = [number, number, number, number, number];

/** Attributes of both gradients; `dilations` is our addition, see conv3dGradient. */
interface Conv3dAttributes {
  strides: number | [number, number, number];
  pad: 'valid' | 'same';
  dilations?: number | [number, number, number];
}

function info(inputShape: number[], filterShape: number[], { strides, pad, dilations }: Conv3dAttributes) {
  return backend_util.computeConv3DInfo(inputShape as Shape5, filterShape as Shape5, strides, dilations ?? 1, pad);
}

/** Conv3DBackpropInputV2, also the forward pass of a transposed convolution. The stock kernel's sums end too early. */
export const conv3dBackpropInputKernel: KernelReplacement = {
  kernelName: Conv3DBackpropInputV2,
  create: (runtime) => (args) => {
    const { dy, filter } = args.inputs as { dy: TensorInfo; filter: TensorInfo };
    requireFloats(Conv3DBackpropInputV2, { dy, filter });
    const { inputShape, ...attributes } = args.attrs as unknown as Conv3dAttributes & { inputShape: number[] };
    const shape = info(inputShape, filter.shape, attributes);
    const { inChannels, outChannels } = shape;
    const result = runtime.output(inputShape);
    const volume = writeVolume(runtime, shape);
    const weights = inChannels < 4 ? runtime.address(filter) : transposeTaps(runtime, filter, inChannels, outChannels);
    runtime.kernels.conv3dInputGradient(volume, runtime.address(dy), weights, runtime.address(result));
    return result;
  },
};

/** Every tap's matrix transposed, in scratch memory. */
function transposeTaps(runtime: KernelRuntime, filter: TensorInfo, rows: number, columns: number): number {
  const bytes = util.sizeFromShape(filter.shape) * 4;
  const transposed = runtime.scratch('transposed', bytes);
  const from = runtime.address(filter);
  for (let offset = 0; offset < bytes; offset += rows * columns * 4) {
    runtime.kernels.transpose(from + offset, transposed + offset, rows, columns);
  }
  return transposed;
}

/** Conv3DBackpropFilterV2. The stock kernel leaves out pixels at the end of every axis with a stride. */
export const conv3dBackpropFilterKernel: KernelReplacement = {
  kernelName: Conv3DBackpropFilterV2,
  create: (runtime) => (args) => {
    const { x, dy } = args.inputs as { x: TensorInfo; dy: TensorInfo };
    requireFloats(Conv3DBackpropFilterV2, { x, dy });
    const { filterShape, ...attributes } = args.attrs as unknown as Conv3dAttributes & { filterShape: number[] };
    const shape = info(x.shape, filterShape, attributes);
    const result = runtime.output(filterShape);
    const volume = writeVolume(runtime, shape);
    runtime.kernels.conv3dFilterGradient(volume, runtime.address(x), runtime.address(dy), runtime.address(result));
    return result;
  },
};

function requireFloats(kernelName: string, tensors: Record<string, TensorInfo>): void {
  for (const [name, { dtype }] of Object.entries(tensors)) {
    if (dtype !== 'float32') throw new Error(`${kernelName}: ${name} is wrong; expected float32, got ${dtype}`);
  }
}
