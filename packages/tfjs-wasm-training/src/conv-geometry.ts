import { backend_util } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from './kernel-runtime.js';

/** Must equal ROW_BLOCK in assembly/conv2d.ts and PIXEL_BLOCK in assembly/conv2d-filter-gradient.ts. */
export const ROW_BLOCK = 192;
/** Bytes of the `panel` argument of the filter gradient: PIXEL_BLOCK rows of 8 floats. */
export const PANEL_BYTES = ROW_BLOCK * 32;

/** The attributes that Conv2D, its gradients and their depthwise kin share. */
export interface ConvAttributes {
  strides: number | [number, number];
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dilations?: number | [number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  dataFormat?: string;
}

type Shape4 = [number, number, number, number];

/** Sizes, strides and padding of a convolution, by tfjs' own rules. */
export function convInfo(
  inputShape: number[],
  filterShape: number[],
  attributes: ConvAttributes,
  depthwise = false,
): backend_util.Conv2DInfo {
  return backend_util.computeConv2DInfo(
    inputShape as Shape4,
    filterShape as Shape4,
    attributes.strides,
    attributes.dilations ?? 1,
    attributes.pad,
    attributes.dimRoundingMode,
    depthwise,
  );
}

/** Writes the sizes where the kernels read them (assembly/geometry.ts) and returns the address. */
export function writeGeometry(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  pixelStride = info.inChannels,
): number {
  const fields = [
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    pixelStride,
    info.outHeight,
    info.outWidth,
    info.outChannels,
    info.outChannels,
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

/**
 * The same convolution with fewer and longer taps, where no window sticks out sideways: the pixels under one row of the
 * filter lie side by side in memory, and so do their weights, so a row of `k` taps with `c` channels is one tap with
 * `k · c`. It makes the short rows of a first layer (3 channels) three times as long. For the forward kernel and the
 * filter gradient only.
 */
export function mergeTapRows(info: backend_util.Conv2DInfo): backend_util.Conv2DInfo {
  const fits = info.padInfo.left === 0 && (info.outWidth - 1) * info.strideWidth + info.filterWidth <= info.inWidth;
  if (!fits || info.dilationWidth !== 1 || info.filterWidth === 1) return info;
  return { ...info, filterWidth: 1, inChannels: info.filterWidth * info.inChannels };
}

/** Number of filter taps. */
export function taps(info: backend_util.Conv2DInfo): number {
  return info.filterHeight * info.filterWidth;
}

/** Channels rounded up to whole panels of 8. */
export function paddedChannels(channels: number): number {
  return Math.ceil(channels / 8) * 8;
}
