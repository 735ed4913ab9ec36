import { backend_util } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from './kernel-runtime.js';

/** Must equal ROW_BLOCK in assembly/conv2d.ts and PIXEL_BLOCK in assembly/conv2d-filter-gradient.ts. */
export const ROW_BLOCK = 192;

/** The attributes that Conv2D, its gradients and their depthwise kin share. */
export interface ConvAttributes {
  strides: number | [number, number];
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dilations?: number | [number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  dataFormat?: string;
}

type Shape4 = [number, number, number, number];

/**
 * Sizes, strides and padding of a convolution, by tfjs' own rules.
 *
 * @throws if the filter does not fit into the padded image; tfjs goes on with negative sizes
 */
export function convInfo(
  inputShape: number[],
  filterShape: number[],
  attributes: ConvAttributes,
  depthwise = false,
): backend_util.Conv2DInfo {
  const info = backend_util.computeConv2DInfo(
    inputShape as Shape4,
    filterShape as Shape4,
    attributes.strides,
    attributes.dilations ?? 1,
    attributes.pad,
    attributes.dimRoundingMode,
    depthwise,
  );
  requireOutput(depthwise ? 'depthwiseConv2d' : 'conv2d', info);
  return info;
}

/**
 * As {@link convInfo}, for a gradient. With a number as padding the size of the output depends on how it was rounded, which
 * `tf.fused.conv2d` does not tell its gradient; but the gradient of the output has that size.
 */
export function gradientConvInfo(
  inputShape: number[],
  filterShape: number[],
  attributes: ConvAttributes,
  dyShape: number[],
): backend_util.Conv2DInfo {
  const info = convInfo(inputShape, filterShape, attributes);
  if (typeof attributes.pad !== 'number' || attributes.dimRoundingMode) return info;
  const up = convInfo(inputShape, filterShape, { ...attributes, dimRoundingMode: 'ceil' });
  return {
    ...info,
    outHeight: dyShape[1] === up.outHeight ? up.outHeight : info.outHeight,
    outWidth: dyShape[2] === up.outWidth ? up.outWidth : info.outWidth,
  };
}

/** @throws if the output would have a negative number of pixels; `operation` is named */
export function requireOutput(operation: string, info: backend_util.Conv2DInfo): void {
  if (info.outHeight >= 0 && info.outWidth >= 0) return;
  throw new Error(
    `${operation}: the window does not fit into the image; expected at most its ${info.inHeight} × ${info.inWidth} pixels and their padding, got ${info.effectiveFilterHeight} × ${info.effectiveFilterWidth} (with dilation)`,
  );
}

/** Floats from one pixel to the next, where only some channels of a wider tensor are read or written. */
export interface PixelStrides {
  /** Default: the input channels. */
  inStride?: number;
  /** Default: the output channels. */
  outStride?: number;
}

/** Writes the sizes where the kernels read them (assembly/geometry.ts) and returns the address. */
export function writeGeometry(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  { inStride = info.inChannels, outStride = info.outChannels }: PixelStrides = {},
): number {
  const fields = [
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    inStride,
    info.outHeight,
    info.outWidth,
    info.outChannels,
    outStride,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
    info.dilationHeight,
    info.dilationWidth,
  ];
  const address = runtime.scratch('geometry', fields.length * 4);
  new Int32Array(runtime.memory.buffer, address, fields.length).set(fields);
  return address;
}

/** Number of filter taps. */
export function taps(info: backend_util.Conv2DInfo): number {
  return info.filterHeight * info.filterWidth;
}

/** Channels rounded up to whole panels of 8. */
export function paddedChannels(channels: number): number {
  return Math.ceil(channels / 8) * 8;
}
