// Gradient of a convolution with respect to its filter:
//
//   filterGradient[tap][c][n] = Σ over output pixels:  input[pixel ⊕ tap][c] · outputGradient[pixel][n]
//
// Register tile: 4 input channels × 8 output channels, the sum running over pixels (6 × 8 spills accumulators, see
// gemm-tile.ts). Loop order: blocks of PIXEL_BLOCK pixels → taps → panels of 8 output channels → tiles of channels. The
// block's panel of the output gradient is copied together first (PIXEL_BLOCK · 32 bytes, first-level cache), because with
// 256 channels its rows lie 1 KB apart and would throw each other out of the cache. So is the input, in panels of 4 channels
// for all tiles at once, where enough output channels read them to pay for it. Sums of one block are added to the result in
// memory, which also keeps the rounding error at that of short sums.
// A tile may read up to 12 bytes behind a pixel's last channel; those products are never stored, and the allocator keeps
// a footer of more than that behind the last tensor.
//
// GFLOP/s with the input read through its pointers / copied, one core, Node 20, relaxed SIMD:
//   [1024 rows, 112 → 672]   49.3 / 50.3        [256, 192 → 1152]   47.5 / 52.7
//   [1024 rows, 672 → 112]   44.6 / 50.0        [256, 1152 → 192]   40.1 / 49.8
// Within a network, where the rows come from further away, the copies gained more: 33 → 47 for the first.
// Tried: copying several panels of the output gradient in one pass (2, 3 or 16): no faster, and slower where they leave the
// first-level cache.

import { Geometry, isPointwise } from './geometry';
import { gatherPatches, gathersPatches } from './patches';
import { inputRowPointers, matrixRowPointers } from './row-pointers';
import { loadFirst, multiplyAdd, storeFirst, zeros } from './simd';

/** The host reserves taps · PIXEL_BLOCK · 4 bytes for `pointers`. */
const PIXEL_BLOCK: i32 = 192;
/** What the copied input of a block may fill: half of a second-level cache. */
const INPUT_BYTES: i32 = 524288;
/** Output channels from which on copying the input pays. */
const COPY_FROM: i32 = 16;

/** Bytes of the `panel` argument for this many input channels (of a tap) and output channels. */
export function filterGradientPanelBytes(inChannels: i32, outChannels: i32): usize {
  const copied = outChannels >= COPY_FROM ? inputPanelBytes(PIXEL_BLOCK) * ((inChannels + 3) >> 2) : 0;
  return (<usize>PIXEL_BLOCK << 5) + copied;
}

export function conv2dFilterGradient(
  geometry: usize,
  input: usize,
  outputGradient: usize,
  filterGradient: usize,
  pointers: usize,
  zeroRow: usize,
  panel: usize,
  patches: usize,
): void {
  const shape = changetype<Geometry>(geometry);
  const pixels = shape.batch * shape.outHeight * shape.outWidth;
  const taps = shape.kernelHeight * shape.kernelWidth;
  memory.fill(filterGradient, 0, <usize>(taps * shape.inChannels * shape.outChannels) << 2);
  const gathered = gathersPatches(shape);
  const depth = gathered ? taps * shape.inChannels : shape.inChannels;
  const blockRows = pixelsAtOnce(depth, shape.outChannels);
  for (let first = 0; first < pixels; first += blockRows) {
    const count = min(pixels - first, blockRows);
    if (gathered) {
      gatherPatches(shape, input, first, count, patches);
      matrixRowPointers(patches, <usize>depth << 2, zeroRow, 0, count, count, pointers);
    } else if (isPointwise(shape)) {
      matrixRowPointers(input, <usize>shape.inStride << 2, zeroRow, first, count, count, pointers);
    } else {
      inputRowPointers(shape, input, zeroRow, first, count, count, pointers);
    }
    const rows = outputGradient + (<usize>(first * shape.outStride) << 2);
    addBlock(gathered ? 1 : taps, pointers, count, depth, rows, shape.outStride, shape.outChannels, filterGradient, panel);
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
  const blockRows = pixelsAtOnce(k, n);
  for (let first = 0; first < m; first += blockRows) {
    const count = min(m - first, blockRows);
    matrixRowPointers(left, <usize>k << 2, zeroRow, first, count, count, pointers);
    addBlock(1, pointers, count, k, right + (<usize>(first * n) << 2), n, n, product, panel);
  }
}

/** Fewer pixels a block where the copied input would not fit into the second-level cache. */
function pixelsAtOnce(inChannels: i32, outChannels: i32): i32 {
  return outChannels >= COPY_FROM ? max(min(PIXEL_BLOCK, INPUT_BYTES / (inChannels << 2)), 32) : PIXEL_BLOCK;
}

/** Distance of two panels of the copied input: one cache line more than they hold, or all would share a few lines of the cache. */
// @ts-ignore: decorator
@inline
function inputPanelBytes(count: i32): usize {
  return (<usize>count << 4) + 64;
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
  const copied = panel + (<usize>PIXEL_BLOCK << 5);
  const inputPanel = inputPanelBytes(count);
  const copies = outChannels >= COPY_FROM;
  for (let tap = 0; tap < taps; tap++) {
    const tapPointers = pointers + (<usize>(tap * count) << 2);
    if (copies) copyInput(tapPointers, count, inChannels, copied, inputPanel);
    for (let n = 0; n < outChannels; n += 8) {
      const columns = min(outChannels - n, 8);
      copyPanel(rows + (<usize>n << 2), <usize>rowStride << 2, count, columns, panel);
      let to = result + <usize>(tap * inChannels) * resultBytes + (<usize>n << 2);
      let from = copied;
      for (let c = 0; c < inChannels; c += 4, to += resultBytes << 2, from += inputPanel) {
        const channels = min(inChannels - c, 4);
        if (copies) addCopiedTile(from, count, panel, to, resultBytes, channels, columns);
        else addTile(tapPointers, count, <usize>c << 2, panel, to, resultBytes, channels, columns);
      }
    }
  }
}

/** The pixels under a tap, panel by panel of 4 channels. */
function copyInput(pointers: usize, count: i32, channels: i32, to: usize, panelBytes: usize): void {
  const end = pointers + (<usize>count << 2);
  for (; pointers != end; pointers += 4, to += 16) {
    let from = <usize>load<u32>(pointers);
    let at = to;
    for (let c = 0; c < channels; c += 4, from += 16, at += panelBytes) v128.store(at, v128.load(from));
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

/** Adds a block's share of 4 input × 8 output channels, the input read through its pointers. */
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
  addToResult(to, toBytes, channels, columns, l0, l1, l2, l3, r0, r1, r2, r3);
}

/** The same from copied input: 4 channels of pixel after pixel. */
function addCopiedTile(
  input: usize,
  count: i32,
  panel: usize,
  to: usize,
  toBytes: usize,
  channels: i32,
  columns: i32,
): void {
  let l0 = zeros(), l1 = zeros(), l2 = zeros(), l3 = zeros();
  let r0 = zeros(), r1 = zeros(), r2 = zeros(), r3 = zeros();
  for (const end = input + (<usize>count << 4); input != end; input += 16, panel += 32) {
    const g0 = v128.load(panel), g1 = v128.load(panel, 16);
    let s = v128.load32_splat(input); l0 = multiplyAdd(l0, s, g0); r0 = multiplyAdd(r0, s, g1);
    s = v128.load32_splat(input, 4); l1 = multiplyAdd(l1, s, g0); r1 = multiplyAdd(r1, s, g1);
    s = v128.load32_splat(input, 8); l2 = multiplyAdd(l2, s, g0); r2 = multiplyAdd(r2, s, g1);
    s = v128.load32_splat(input, 12); l3 = multiplyAdd(l3, s, g0); r3 = multiplyAdd(r3, s, g1);
  }
  addToResult(to, toBytes, channels, columns, l0, l1, l2, l3, r0, r1, r2, r3);
}

// @ts-ignore: decorator
@inline
function addToResult(
  to: usize, toBytes: usize, channels: i32, columns: i32,
  l0: v128, l1: v128, l2: v128, l3: v128,
  r0: v128, r1: v128, r2: v128, r3: v128,
): void {
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
