import type { backend_util, TensorInfo } from '@tensorflow/tfjs-core';
import { paddedChannels, ROW_BLOCK, taps, writeGeometry } from './conv-geometry.js';
import type { KernelRuntime } from './kernel-runtime.js';
import { type ChannelsOf, locateChannels } from './locate-channels.js';
import { ADD_FLAG } from './matrix-products.js';
import { paddedBias } from './padded-bias.js';
import {
  runWinograd,
  runWinogradFilterGradient,
  runWinogradInputGradient,
  takesWinograd,
  winogradPays,
} from './run-winograd.js';

/** What is applied to the sum before it is stored: bits, see assembly/gemm-tile.ts. */
export const ACTIVATION_FLAGS: Readonly<Record<string, number>> = { linear: 0, relu: 1, relu6: 2 };

/** The same for inference, where kernels know more activations: the bits of assembly/activate-rows.ts, too. */
export const INFERENCE_FLAGS = {
  linear: 0,
  relu: 1,
  relu6: 2,
  swish: 8,
  sigmoid: 16,
  hardSwish: 32,
  hardSigmoid: 64,
} as const;

/** A number a channel, by its address; padded with zeros to whole panels (see {@link paddedChannels}). */
export interface ChannelNumbers {
  /** What each output channel of the filter is multiplied with; missing: 1. */
  scale?: number;
  /** What is added; missing: 0. */
  shift?: number;
}

/** output = activation(input ∗ filter + bias), in a new tensor or in some channels of a given one. */
export function runConv2d(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  input: TensorInfo,
  filter: TensorInfo,
  bias: TensorInfo | undefined,
  flags: number,
  into: ChannelsOf = { tensor: runtime.output(info.outShape) },
): TensorInfo {
  if (takesWinograd(runtime, info, filter))
    return runWinograd(runtime, info, { tensor: input }, filter, { bias, flags, into });
  const shift = bias ? paddedBias(runtime, bias, info.outChannels) : 0;
  return runDirectConv2d(runtime, info, input, filter, { shift }, flags, into);
}

/** output = activation(scale · (input ∗ filter) + shift), without Winograd's method. */
export function runDirectConv2d(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  input: TensorInfo,
  filter: TensorInfo,
  { scale, shift = 0 }: ChannelNumbers,
  flags: number,
  into: ChannelsOf,
): TensorInfo {
  const { inChannels, outChannels } = info;
  const { kernels } = runtime;
  const output = locateChannels(runtime, into);
  const packed = runtime.scratch('packed', taps(info) * inChannels * paddedChannels(outChannels) * 4);
  const pointers = runtime.scratch('pointers', taps(info) * ROW_BLOCK * 4);
  const zeroRow = runtime.zeroRow(inChannels);
  const geometry = writeGeometry(runtime, info, { outStride: output.stride });
  const weights = runtime.address(filter);
  if (scale) kernels.packScaledColumns(weights, scale, packed, taps(info), inChannels, outChannels);
  else kernels.packColumns(weights, packed, taps(info), inChannels, outChannels);
  const from = runtime.address(input);
  const patches = runtime.scratch('patches', kernels.patchBytes(geometry));
  kernels.conv2d(geometry, from, packed, shift, output.address, pointers, zeroRow, patches, flags);
  return into.tensor;
}

/**
 * The gradient that reaches the input of a convolution. With `sum` it is added to that tensor, which then is the result;
 * only where the direct kernel computes it (see {@link addsInputGradient}).
 */
export function runConv2dInputGradient(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  outputGradient: ChannelsOf,
  filter: TensorInfo,
  sum?: TensorInfo,
): TensorInfo {
  if (!sum && takesWinograd(runtime, info, filter))
    return runWinogradInputGradient(runtime, info, outputGradient, filter);
  const { inChannels, outChannels } = info;
  const result = sum ?? runtime.output(info.inShape);
  const gradient = locateChannels(runtime, outputGradient);
  const packed = runtime.scratch('packed', taps(info) * outChannels * paddedChannels(inChannels) * 4);
  const pointers = runtime.scratch('pointers', taps(info) * ROW_BLOCK * 4);
  const zeroRow = runtime.zeroRow(outChannels);
  const geometry = writeGeometry(runtime, info, { outStride: gradient.stride });
  runtime.kernels.packRows(runtime.address(filter), packed, taps(info), inChannels, outChannels);
  const to = runtime.address(result);
  const flags = sum ? ADD_FLAG : 0;
  runtime.kernels.conv2dInputGradient(geometry, gradient.address, packed, to, pointers, zeroRow, flags);
  return result;
}

/** Whether {@link runConv2dInputGradient} computes it directly, so that it can as well add to a tensor. */
export function addsInputGradient(runtime: KernelRuntime, info: backend_util.Conv2DInfo, filter: TensorInfo): boolean {
  return !takesWinograd(runtime, info, filter);
}

/** The gradient of a convolution's filter. */
export function runConv2dFilterGradient(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  input: TensorInfo,
  outputGradient: ChannelsOf,
): TensorInfo {
  if (winogradPays(info)) return runWinogradFilterGradient(runtime, info, input, outputGradient);
  const result = runtime.output(info.filterShape);
  const { kernels } = runtime;
  const pointers = runtime.scratch('pointers', taps(info) * ROW_BLOCK * 4);
  const zeroRow = runtime.zeroRow(info.inChannels);
  const gradient = locateChannels(runtime, outputGradient);
  const geometry = writeGeometry(runtime, info, { outStride: gradient.stride });
  const patches = kernels.patchBytes(geometry);
  const depth = patches > 0 ? taps(info) * info.inChannels : info.inChannels;
  kernels.conv2dFilterGradient(
    geometry,
    runtime.address(input),
    gradient.address,
    runtime.address(result),
    pointers,
    zeroRow,
    runtime.scratch('panel', kernels.filterGradientPanelBytes(depth, info.outChannels)),
    runtime.scratch('patches', patches),
  );
  return result;
}
