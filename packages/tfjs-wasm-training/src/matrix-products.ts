import { paddedChannels, ROW_BLOCK } from './conv-geometry.js';
import type { KernelRuntime } from './kernel-runtime.js';

/** Sizes of a product of matrices [m, k] and [k, n]. */
export type ProductSize = readonly [m: number, k: number, n: number];

/** Arguments of {@link multiply} that have defaults. */
export interface MultiplyOptions {
  /** The right side lies as [n, k]. Default false. */
  transposeRight?: boolean;
  /** Address of n floats and zeros up to a whole panel (see padded-bias.ts), or 0 for none, the default. */
  bias?: number;
  /** See assembly/gemm-tile.ts. Default 0. */
  flags?: number;
}

/** to [m, n] = left [m, k] · right + bias, all by their addresses. The right side is packed into scratch memory first. */
export function multiply(
  runtime: KernelRuntime,
  left: number,
  right: number,
  to: number,
  [m, k, n]: ProductSize,
  { transposeRight = false, bias = 0, flags = 0 }: MultiplyOptions = {},
): void {
  const { kernels } = runtime;
  const packed = runtime.scratch('packed', k * paddedChannels(n) * 4);
  const pointers = runtime.scratch('pointers', ROW_BLOCK * 4);
  const zeroRow = runtime.zeroRow(k);
  if (transposeRight) kernels.packRows(right, packed, 1, n, k);
  else kernels.packColumns(right, packed, 1, k, n);
  kernels.matMul(left, packed, bias, to, m, k, n, pointers, zeroRow, flags);
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
  const zeroRow = runtime.zeroRow(m);
  const panel = runtime.scratch('panel', kernels.filterGradientPanelBytes(m, n));
  kernels.matMulTransposedLeft(left, right, to, k, m, n, pointers, zeroRow, panel);
}
