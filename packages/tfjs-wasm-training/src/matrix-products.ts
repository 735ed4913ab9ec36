import { paddedChannels, ROW_BLOCK } from './conv-geometry.js';
import type { KernelRuntime } from './kernel-runtime.js';

/** Sizes of a product of matrices [m, k] and [k, n]. */
export type ProductSize = readonly [m: number, k: number, n: number];

/** Arguments of {@link multiplyPacked} that have defaults. */
export interface ProductOptions {
  /** Address of n floats and zeros up to a whole panel (see padded-bias.ts), or 0 for none, the default. */
  bias?: number;
  /** See assembly/gemm-tile.ts. Default 0. */
  flags?: number;
}

/** Bit of {@link ProductOptions.flags}: the product is added to what stands there. */
export const ADD_FLAG = 4;

/** A right side [k, n] in panels, in scratch memory until the next is packed. */
export function packRight(runtime: KernelRuntime, right: number, k: number, n: number): number {
  const packed = runtime.scratch('packed', k * paddedChannels(n) * 4);
  runtime.kernels.packColumns(right, packed, 1, k, n);
  return packed;
}

/** As {@link packRight}, of a right side that lies transposed, as [n, k]. */
export function packTransposedRight(runtime: KernelRuntime, right: number, k: number, n: number): number {
  const packed = runtime.scratch('packed', k * paddedChannels(n) * 4);
  runtime.kernels.packRows(right, packed, 1, n, k);
  return packed;
}

/** to [m, n] = left [m, k] · right + bias, by addresses. */
export function multiplyPacked(
  runtime: KernelRuntime,
  left: number,
  packed: number,
  to: number,
  [m, k, n]: ProductSize,
  { bias = 0, flags = 0 }: ProductOptions = {},
): void {
  const pointers = runtime.scratch('pointers', ROW_BLOCK * 4);
  runtime.kernels.matMul(left, packed, bias, to, m, k, n, pointers, runtime.zeroRow(k), flags);
}

/** to [m, n] = leftᵀ · right for left [k, m] and right [k, n]: no copy of either. Up to 12 bytes behind `left` are read, and not used. */
export function multiplyTransposedLeft(
  runtime: KernelRuntime,
  left: number,
  right: number,
  to: number,
  [m, k, n]: ProductSize,
): void {
  const { kernels } = runtime;
  const pointers = runtime.scratch('pointers', ROW_BLOCK * 4);
  const panel = runtime.scratch('panel', kernels.filterGradientPanelBytes(m, n));
  kernels.matMulTransposedLeft(left, right, to, k, m, n, pointers, runtime.zeroRow(m), panel);
}
