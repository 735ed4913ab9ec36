import type { backend_util, TensorInfo } from '@tensorflow/tfjs-core';
import { paddedChannels, ROW_BLOCK, taps, writeGeometry } from './conv-geometry.js';
import type { KernelRuntime } from './kernel-runtime.js';
import { paddedBias } from './padded-bias.js';
import { runWinograd, runWinogradFilterGradient, runWinogradInputGradient, winogradPays } from './run-winograd.js';

/** What is applied to the sum before it is stored: bits, see assembly/gemm-tile.ts. */
export const ACTIVATION_FLAGS: Readonly<Record<string, number>> = { linear: 0, relu: 1, relu6: 2 };

/** output = activation(input ∗ filter + bias) */
export function runConv2d(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  input: TensorInfo,
  filter: TensorInfo,
  bias: TensorInfo | undefined,
  flags: number,
): TensorInfo {
  if (winogradPays(info)) return runWinograd(runtime, info, input, filter, { bias, flags });
  const { inChannels, outChannels } = info;
  const output = runtime.output(info.outShape);
  const packed = runtime.scratch('packed', taps(info) * inChannels * paddedChannels(outChannels) * 4);
  const pointers = runtime.scratch('pointers', taps(info) * ROW_BLOCK * 4);
  const zeroRow = runtime.zeroRow(inChannels);
  const geometry = writeGeometry(runtime, info);
  const start = bias ? paddedBias(runtime, bias, outChannels) : 0;
  runtime.kernels.packColumns(runtime.address(filter), packed, taps(info), inChannels, outChannels);
  const [from, to] = [runtime.address(input), runtime.address(output)];
  const patches = runtime.scratch('patches', runtime.kernels.patchBytes(geometry));
  runtime.kernels.conv2d(geometry, from, packed, start, to, pointers, zeroRow, patches, flags);
  return output;
}

/** The gradient that reaches the input of a convolution. */
export function runConv2dInputGradient(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  outputGradient: TensorInfo,
  filter: TensorInfo,
): TensorInfo {
  if (winogradPays(info)) return runWinogradInputGradient(runtime, info, outputGradient, filter);
  const { inChannels, outChannels } = info;
  const result = runtime.output(info.inShape);
  const packed = runtime.scratch('packed', taps(info) * outChannels * paddedChannels(inChannels) * 4);
  const pointers = runtime.scratch('pointers', taps(info) * ROW_BLOCK * 4);
  const zeroRow = runtime.zeroRow(outChannels);
  const geometry = writeGeometry(runtime, info);
  runtime.kernels.packRows(runtime.address(filter), packed, taps(info), inChannels, outChannels);
  const from = runtime.address(outputGradient);
  runtime.kernels.conv2dInputGradient(geometry, from, packed, runtime.address(result), pointers, zeroRow, 0);
  return result;
}

/** The gradient of a convolution's filter. */
export function runConv2dFilterGradient(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  input: TensorInfo,
  outputGradient: TensorInfo,
): TensorInfo {
  if (winogradPays(info)) return runWinogradFilterGradient(runtime, info, input, outputGradient);
  const result = runtime.output(info.filterShape);
  const { kernels } = runtime;
  const pointers = runtime.scratch('pointers', taps(info) * ROW_BLOCK * 4);
  const zeroRow = runtime.zeroRow(info.inChannels);
  const geometry = writeGeometry(runtime, info);
  const patches = kernels.patchBytes(geometry);
  const depth = patches > 0 ? taps(info) * info.inChannels : info.inChannels;
  kernels.conv2dFilterGradient(
    geometry,
    runtime.address(input),
    runtime.address(outputGradient),
    runtime.address(result),
    pointers,
    zeroRow,
    runtime.scratch('panel', kernels.filterGradientPanelBytes(depth, info.outChannels)),
    runtime.scratch('patches', patches),
  );
  return result;
}
