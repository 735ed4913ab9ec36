import { backend_util, type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { GuardedAllocator } from './guard-allocation.js';

/*
 * What stock kernels allocate inside: packed weights, a pointer for every output pixel and tap, and for some activations a second
 * output. Small amounts are always free (see guard-allocation.ts); of those that may be larger, the estimates below are made before
 * the kernel runs. They are upper bounds.
 */

interface Attributes {
  strides: number | [number, number];
  pad: 'same' | 'valid' | number;
  dilations?: number | [number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  filterSize: number | [number, number];
  size: [number, number];
  activation?: string;
}

type Estimate = (inputs: Record<string, TensorInfo>, attributes: Attributes) => { inside: number; output: number };
type Shape4 = [number, number, number, number];

const convolution =
  (depthwise: boolean): Estimate =>
  ({ x, filter }, { strides, pad, dilations, dimRoundingMode, activation }) => {
    const info = backend_util.computeConv2DInfo(
      x!.shape as Shape4,
      filter!.shape as Shape4,
      strides,
      dilations ?? 1,
      pad,
      dimRoundingMode,
      depthwise,
    );
    const output = floats(info.outShape);
    const second = activation === 'prelu' || activation === 'leakyrelu' ? output : 0;
    return { output, inside: second + 3 * floats(filter!.shape) + pointers(info) };
  };

const pooling: Estimate = ({ x }, { filterSize, strides, pad, dimRoundingMode }) => {
  const shape = x!.shape as Shape4;
  const info = backend_util.computePool2DInfo(shape, filterSize as never, strides as never, 1, pad, dimRoundingMode);
  return { output: floats(info.outShape), inside: pointers(info) };
};

const product: Estimate = ({ a, b }) => ({ output: floats(a!.shape) + floats(b!.shape), inside: 3 * floats(b!.shape) });

const estimates: Partial<Record<string, Estimate>> = {
  Conv2D: convolution(false),
  FusedConv2D: convolution(false),
  DepthwiseConv2dNative: convolution(true),
  FusedDepthwiseConv2D: convolution(true),
  MaxPool: pooling,
  AvgPool: pooling,
  BatchMatMul: product,
  _FusedMatMul: product,
  ResizeBilinear: ({ images }, { size: [height, width] }) => {
    const [batch, , , channels] = images!.shape as Shape4;
    // Four pointers and two weights a pixel.
    return { output: floats([batch, height, width, channels]), inside: height * width * 24 };
  },
};

/** The stock kernel, refused when what it may allocate inside would not fit. */
export function withRoomInside(kernelName: string, stock: KernelFunc, allocator: GuardedAllocator): KernelFunc {
  const estimate = estimates[kernelName];
  if (!estimate) return stock;
  return (args) => {
    const { inside, output } = estimate(args.inputs as Record<string, TensorInfo>, args.attrs as unknown as Attributes);
    allocator.expectRoomInside(inside, output);
    return stock(args);
  };
}

function floats(shape: readonly number[]): number {
  return util.sizeFromShape(shape as number[]) * 4;
}

function pointers({ outHeight, outWidth, filterHeight, filterWidth }: backend_util.Conv2DInfo): number {
  return outHeight * outWidth * filterHeight * filterWidth * 8;
}
