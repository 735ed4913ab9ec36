// Gradient of a convolution with respect to its filter:
//
//   filterGradient[tap][c][n] = Σ over output pixels:  input[pixel ⊕ tap][c] · outputGradient[pixel][n]
//
// Register tile: 4 input channels × 8 output channels, the sum running over pixels (6 × 8 spills accumulators, see
// gemm-tile.ts). Loop order: blocks of PIXEL_BLOCK pixels → panels of 8 output channels → taps → tiles of channels. The
// block's panel of the output gradient is copied together first (PIXEL_BLOCK · 32 bytes, first-level cache), because with
// 256 channels its rows lie 1 KB apart and would throw each other out of the cache. Sums of one block are added to the
// result in memory, which also keeps the rounding error at that of short sums.
// A tile may read up to 12 bytes behind a pixel's last channel; those products are never stored, and the allocator keeps
// a footer of more than that behind the last tensor.

import { Geometry } from './geometry';
import { inputRowPointers, matrixRowPointers } from './row-pointers';
import { loadFirst, multiplyAdd, storeFirst, zeros } from './simd';

/** The host reserves taps · PIXEL_BLOCK · 4 bytes for `pointers` and PIXEL_BLOCK · 32 for `panel`. */
const PIXEL_BLOCK: i32 = 192;

export function conv2dFilterGradient(
  geometry: usize,
  input: usize,
  outputGradient: usize,
  filterGradient: usize,
  pointers: usize,
  zeroRow: usize,
  panel: usize,
): void {
  const shape = changetype<Geometry>(geometry);
  const pixels = shape.batch * shape.outHeight * shape.outWidth;
  const taps = shape.kernelHeight * shape.kernelWidth;
  memory.fill(filterGradient, 0, <usize>(taps * shape.inChannels * shape.outChannels) << 2);
  for (let first = 0; first < pixels; first += PIXEL_BLOCK) {
    const count = min(pixels - first, PIXEL_BLOCK);
    inputRowPointers(shape, input, zeroRow, first, count, count, pointers);
    const rows = outputGradient + (<usize>(first * shape.outStride) << 2);
    addBlock(taps, pointers, count, shape.inChannels, rows, shape.outStride, shape.outChannels, filterGradient, panel);
  }
}

/** product[k][n] = Σ left[m][k] · right[m][n]: the matrix product with a transposed left side. */
export function matMulTransposedLeft(
  left: usize,
  right: usize,
  product: usize,
  m: i32,
  k: i32,
  n: i32,
  pointers: usize,
  zeroRow: usize,
  panel: usize,
): void {
  memory.fill(product, 0, <usize>(k * n) << 2);
  for (let first = 0; first < m; first += PIXEL_BLOCK) {
    const count = min(m - first, PIXEL_BLOCK);
    matrixRowPointers(left, <usize>k << 2, zeroRow, first, count, count, pointers);
    addBlock(1, pointers, count, k, right + (<usize>(first * n) << 2), n, n, product, panel);
  }
}

function addBlock(
  taps: i32,
  pointers: usize,
  count: i32,
  inChannels: i32,
  rows: usize,
  rowStride: i32,
  outChannels: i32,
  result: usize,
  panel: usize,
): void {
  const resultBytes = <usize>outChannels << 2;
  for (let n = 0; n < outChannels; n += 8) {
    const columns = min(outChannels - n, 8);
    copyPanel(rows + (<usize>n << 2), <usize>rowStride << 2, count, columns, panel);
    for (let tap = 0; tap < taps; tap++) {
      const tapPointers = pointers + (<usize>(tap * count) << 2);
      for (let c = 0; c < inChannels; c += 4) {
        const to = result + <usize>(tap * inChannels + c) * resultBytes + (<usize>n << 2);
        addTile(tapPointers, count, <usize>c << 2, panel, to, resultBytes, min(inChannels - c, 4), columns);
      }
    }
  }
}

function copyPanel(from: usize, rowBytes: usize, count: i32, columns: i32, panel: usize): void {
  for (let row = 0; row < count; row++, from += rowBytes, panel += 32) {
    if (columns == 8) {
      v128.store(panel, v128.load(from));
      v128.store(panel, v128.load(from, 16), 16);
    } else {
      v128.store(panel, loadFirst(from, columns));
      v128.store(panel, columns > 4 ? loadFirst(from + 16, columns - 4) : zeros(), 16);
    }
  }
}

/** Adds a block's share of 4 input × 8 output channels. */
function addTile(
  pointers: usize,
  count: i32,
  channelBytes: usize,
  panel: usize,
  to: usize,
  toBytes: usize,
  channels: i32,
  columns: i32,
): void {
  let l0 = zeros(), l1 = zeros(), l2 = zeros(), l3 = zeros();
  let r0 = zeros(), r1 = zeros(), r2 = zeros(), r3 = zeros();
  for (let row = 0; row < count; row++, pointers += 4, panel += 32) {
    const pixel = <usize>load<u32>(pointers) + channelBytes;
    const g0 = v128.load(panel), g1 = v128.load(panel, 16);
    let s = v128.load32_splat(pixel); l0 = multiplyAdd(l0, s, g0); r0 = multiplyAdd(r0, s, g1);
    s = v128.load32_splat(pixel, 4); l1 = multiplyAdd(l1, s, g0); r1 = multiplyAdd(r1, s, g1);
    s = v128.load32_splat(pixel, 8); l2 = multiplyAdd(l2, s, g0); r2 = multiplyAdd(r2, s, g1);
    s = v128.load32_splat(pixel, 12); l3 = multiplyAdd(l3, s, g0); r3 = multiplyAdd(r3, s, g1);
  }
  const to1 = to + toBytes;
  const to2 = to1 + toBytes;
  const to3 = to2 + toBytes;
  if (channels == 4 && columns == 8) {
    v128.store(to, f32x4.add(v128.load(to), l0)); v128.store(to, f32x4.add(v128.load(to, 16), r0), 16);
    v128.store(to1, f32x4.add(v128.load(to1), l1)); v128.store(to1, f32x4.add(v128.load(to1, 16), r1), 16);
    v128.store(to2, f32x4.add(v128.load(to2), l2)); v128.store(to2, f32x4.add(v128.load(to2, 16), r2), 16);
    v128.store(to3, f32x4.add(v128.load(to3), l3)); v128.store(to3, f32x4.add(v128.load(to3, 16), r3), 16);
    return;
  }
  addRow(to, l0, r0, columns);
  if (channels > 1) addRow(to1, l1, r1, columns);
  if (channels > 2) addRow(to2, l2, r2, columns);
  if (channels > 3) addRow(to3, l3, r3, columns);
}

/** One row at the edge of the filter. */
function addRow(at: usize, left: v128, right: v128, columns: i32): void {
  storeFirst(at, f32x4.add(left, loadFirst(at, columns)), columns);
  if (columns > 4) storeFirst(at + 16, f32x4.add(right, loadFirst(at + 16, columns - 4)), columns - 4);
}
