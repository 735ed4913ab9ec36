import { type backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { paddedChannels, writeGeometry } from './conv-geometry.js';
import type { KernelRuntime } from './kernel-runtime.js';
import { type ChannelsOf, locateChannels } from './locate-channels.js';
import { paddedBias } from './padded-bias.js';

/** Positions of a tile, see assembly/winograd-tiles.ts. */
const POSITIONS = 36;
/** What the windows and products of one block of tiles may fill: about the second-level cache. */
const BLOCK_BYTES = 384 * 1024;
/** Each block reads all transformed weights, so it should not be too small either. */
const SMALLEST_BLOCK = 32;
/** 36 vectors, and as many for the filter of the input gradient. */
const TEMPORARY_BYTES = 2 * POSITIONS * 16;

/**
 * Whether the Winograd kernels can take a convolution (3 × 3, stride 1, no dilation, channels in fours) and are faster.
 * In units of one pixel of the direct kernels, measured for 8 to 256 channels, transforming the filter costs about 130,
 * and a tile of up to 16 pixels from 4 (64 channels) to 8 (8 channels). So the direct kernels keep small batches of small
 * maps: 16 maps of 5 × 5 pixels are about where both are equal.
 */
export function winogradPays(info: backend_util.Conv2DInfo): boolean {
  const { inChannels, outChannels } = info;
  const fits =
    info.filterHeight === 3 &&
    info.filterWidth === 3 &&
    info.strideHeight * info.strideWidth * info.dilationHeight * info.dilationWidth === 1 &&
    inChannels % 4 === 0 &&
    outChannels % 4 === 0;
  const fewest = Math.min(inChannels, outChannels);
  const pixels = info.batchSize * info.outHeight * info.outWidth;
  return fits && fewest >= 8 && pixels >= 130 + tileCount(info) * (3.25 + 40 / fewest);
}

/**
 * Whether the Winograd kernels take a convolution or its input gradient: where they are faster, and where they give exactly 0
 * for each output all of whose products are 0. Pixels of zeros they see to (assembly/winograd-zeros.ts), but weights of 0
 * (pruned, masked, clipped) would let what lies beside an output shine through as rounding errors.
 */
export function takesWinograd(runtime: KernelRuntime, info: backend_util.Conv2DInfo, filter: TensorInfo): boolean {
  return winogradPays(info) && !runtime.kernels.holdsZero(runtime.address(filter), util.sizeFromShape(filter.shape));
}

/** What {@link runWinograd} may be told besides its operands. */
interface WinogradOptions {
  bias?: TensorInfo;
  /** The activation, see assembly/gemm-tile.ts. */
  flags?: number;
  /** Whether the filter is turned and its channels are swapped, for the input gradient. */
  transposed?: boolean;
  /** Where the output goes; default: a new tensor. */
  into?: ChannelsOf;
}

/** output = activation(input ∗ filter + bias) */
export function runWinograd(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  input: ChannelsOf,
  filter: TensorInfo,
  { bias, flags = 0, transposed = false, into }: WinogradOptions = {},
): TensorInfo {
  const { kernels } = runtime;
  const { inChannels, outChannels } = info;
  const target = into ?? { tensor: runtime.output([info.batchSize, info.outHeight, info.outWidth, outChannels]) };
  const [from, output] = [locateChannels(runtime, input), locateChannels(runtime, target)];
  const block = tileBlock(info);
  const filterPosition = kernels.winogradPositionBytes(inChannels, paddedChannels(outChannels));
  const packed = runtime.scratch('packed', POSITIONS * filterPosition);
  const windows = positions(runtime, 'windows', block, paddedChannels(inChannels));
  const products = positions(runtime, 'products', block, paddedChannels(outChannels));
  const temporary = runtime.scratch('temporary', TEMPORARY_BYTES);
  const pointers = runtime.scratch('pointers', POSITIONS * 4);
  const zeroRow = runtime.zeroRow(inChannels);
  const geometry = writeGeometry(runtime, info, { inStride: from.stride, outStride: output.stride });
  const start = bias ? paddedBias(runtime, bias, outChannels) : 0;
  const weights = runtime.address(filter);
  if (transposed) kernels.winogradPackRows(weights, packed, filterPosition, outChannels, inChannels, temporary);
  else kernels.winogradPackColumns(weights, packed, filterPosition, inChannels, outChannels, temporary);
  kernels.winogradConv2d(
    geometry,
    from.address,
    packed,
    start,
    output.address,
    block,
    pointers,
    zeroRow,
    windows,
    products,
    temporary,
    runtime.scratch('dark', block * 4),
    flags,
  );
  return target.tensor;
}

/** The input gradient as a convolution: the output gradient goes in, and the padding is what the filter leaves over. */
export function runWinogradInputGradient(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  outputGradient: ChannelsOf,
  filter: TensorInfo,
): TensorInfo {
  const { padInfo } = info;
  const turned: backend_util.Conv2DInfo = {
    ...info,
    inHeight: info.outHeight,
    inWidth: info.outWidth,
    inChannels: info.outChannels,
    outHeight: info.inHeight,
    outWidth: info.inWidth,
    outChannels: info.inChannels,
    padInfo: { ...padInfo, top: 2 - padInfo.top, left: 2 - padInfo.left },
  };
  return runWinograd(runtime, turned, outputGradient, filter, { transposed: true });
}

/** The gradient of the filter. */
export function runWinogradFilterGradient(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  input: TensorInfo,
  outputGradient: ChannelsOf,
): TensorInfo {
  const { kernels } = runtime;
  const { inChannels, outChannels } = info;
  const result = runtime.output(info.filterShape);
  const block = tileBlock(info);
  const gradient = locateChannels(runtime, outputGradient);
  kernels.winogradFilterGradient(
    writeGeometry(runtime, info, { outStride: gradient.stride }),
    runtime.address(input),
    gradient.address,
    runtime.address(result),
    block,
    runtime.scratch('pointers', POSITIONS * 4),
    runtime.zeroRow(Math.max(inChannels, outChannels)),
    positions(runtime, 'windows', block, paddedChannels(inChannels)),
    positions(runtime, 'products', block, paddedChannels(outChannels)),
    runtime.scratch('packed', POSITIONS * kernels.winogradPositionBytes(inChannels, outChannels)),
    runtime.scratch('temporary', TEMPORARY_BYTES),
  );
  return result;
}

function positions(runtime: KernelRuntime, name: 'windows' | 'products', rows: number, columns: number): number {
  return runtime.scratch(name, POSITIONS * runtime.kernels.winogradPositionBytes(rows, columns));
}

/** How many tiles are worked on at a time: a multiple of 4, no more than there are. */
function tileBlock(info: backend_util.Conv2DInfo): number {
  const bytesPerTile = POSITIONS * 4 * (info.inChannels + info.outChannels);
  const fitting = Math.max(SMALLEST_BLOCK, Math.floor(BLOCK_BYTES / bytesPerTile));
  return Math.ceil(Math.min(tileCount(info), fitting) / 4) * 4;
}

function tileCount(info: backend_util.Conv2DInfo): number {
  return info.batchSize * Math.ceil(info.outHeight / 4) * Math.ceil(info.outWidth / 4);
}
