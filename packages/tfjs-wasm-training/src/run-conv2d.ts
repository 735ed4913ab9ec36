import type { backend_util, TensorInfo } from '@tensorflow/tfjs-core';
import { mergeTapRows, PANEL_BYTES, paddedChannels, ROW_BLOCK, taps, writeGeometry } from './conv-geometry.js';
import type { KernelRuntime } from './kernel-runtime.js';
import { paddedBias } from './padded-bias.js';
import { runWinograd, runWinogradFilterGradient, runWinogradInputGradient, winogradPays } from './run-winograd.js';

/** What is applied to the sum before it is stored: bits, see assembly/gemm-tile.ts. */
export const ACTIVATION_FLAGS: Readonly<Record<string, number>> = { linear: 0, relu: 1, relu6: 2 };

/** output = activation(input ∗ filter + bias) */
export function runConv2d(
  runtime: KernelRuntime,
  shape: backend_util.Conv2DInfo,
  input: TensorInfo,
  filter: TensorInfo,
  bias: TensorInfo | undefined,
  flags: number,
): TensorInfo {
  if (winogradPays(shape)) return runWinograd(runtime, shape, input, filter, { bias, flags });
  const info = mergeTapRows(shape);
  const { inChannels, outChannels } = info;
  const output = runtime.output(info.outShape);
  const packed = runtime.scratch('packed', taps(info) * inChannels * paddedChannels(outChannels) * 4);
  const pointers = runtime.scratch('pointers', taps(info) * ROW_BLOCK * 4);
  const zeroRow = runtime.zeroRow(inChannels);
  const geometry = writeGeometry(runtime, info, shape.inChannels);
  const start = bias ? paddedBias(runtime, bias, outChannels) : 0;
  runtime.kernels.packColumns(runtime.address(filter), packed, taps(info), inChannels, outChannels);
  const from = runtime.address(input);
  runtime.kernels.conv2d(geometry, from, packed, start, runtime.address(output), pointers, zeroRow, flags);
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
  shape: backend_util.Conv2DInfo,
  input: TensorInfo,
  outputGradient: TensorInfo,
): TensorInfo {
  if (winogradPays(shape)) return runWinogradFilterGradient(runtime, shape, input, outputGradient);
  const info = mergeTapRows(shape);
  const result = runtime.output(shape.filterShape);
  const pointers = runtime.scratch('pointers', taps(info) * ROW_BLOCK * 4);
  const panel = runtime.scratch('panel', PANEL_BYTES);
  const zeroRow = runtime.zeroRow(info.inChannels);
  const geometry = writeGeometry(runtime, info, shape.inChannels);
  runtime.kernels.conv2dFilterGradient(
    geometry,
    runtime.address(input),
    runtime.address(outputGradient),
    runtime.address(result),
    pointers,
    zeroRow,
    panel,
  );
  return result;
}
