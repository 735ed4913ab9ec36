// Convolution and its input gradient as an indirect matrix product, and the plain matrix product.
//
// Loop order: blocks of ROW_BLOCK output pixels → panels of 8 output channels → tiles of 4 pixels. One block's input
// rows stay in the second-level cache while all panels pass over them; one panel of weights (taps · depth · 32 bytes,
// 18 KB for 3×3×64) stays in the first-level cache while all tiles of the block use it.

import { activateRows, LATE } from './activate-rows';
import { Geometry, isPointwise } from './geometry';
import { ADD, gemmPanel, gemmTile } from './gemm-tile';
import { gatherPatches, gathersPatches } from './patches';
import { inputRowPointers, matrixRowPointers, outputRowPointers } from './row-pointers';

/** A multiple of 4. The host reserves taps · ROW_BLOCK · 4 bytes for `pointers`. Must equal ROW_BLOCK in src/kernel-runtime.ts. */
const ROW_BLOCK: i32 = 192;

/**
 * output[pixel][n] = bias[n] + Σ input[pixel ⊕ tap][c] · filter[tap][c][n]; `packed` from packColumns. `patches` holds
 * ROW_BLOCK · taps · inChannels floats and 4 more where the patches are copied together (see patches.ts).
 */
export function conv2d(
  geometry: usize,
  input: usize,
  packed: usize,
  bias: usize,
  output: usize,
  pointers: usize,
  zeroRow: usize,
  patches: usize,
  flags: i32,
): void {
  const shape = changetype<Geometry>(geometry);
  const pixels = shape.batch * shape.outHeight * shape.outWidth;
  const taps = shape.kernelHeight * shape.kernelWidth;
  const outBytes = <usize>shape.outStride << 2;
  const gathered = gathersPatches(shape);
  const depth = gathered ? taps * shape.inChannels : shape.inChannels;
  for (let first = 0; first < pixels; first += ROW_BLOCK) {
    const count = min(pixels - first, ROW_BLOCK);
    const rows = (count + 3) & ~3;
    if (gathered) {
      gatherPatches(shape, input, first, count, patches);
      matrixRowPointers(patches, <usize>depth << 2, zeroRow, 0, count, rows, pointers);
    } else if (isPointwise(shape)) {
      matrixRowPointers(input, <usize>shape.inStride << 2, zeroRow, first, count, rows, pointers);
    } else {
      inputRowPointers(shape, input, zeroRow, first, count, rows, pointers);
    }
    const to = output + <usize>first * outBytes;
    block(gathered ? 1 : taps, pointers, rows, count, depth, packed, to, outBytes, shape.outChannels, bias, flags, zeroRow);
    // While the block lies in the cache.
    if (flags & LATE) activateRows(to, outBytes, count, shape.outChannels, flags);
  }
}

/** inputGradient[pixel][c] = Σ outputGradient[pixel ⊖ tap][n] · filter[tap][c][n]; `packed` from packRows. */
export function conv2dInputGradient(
  geometry: usize,
  outputGradient: usize,
  packed: usize,
  inputGradient: usize,
  pointers: usize,
  zeroRow: usize,
  flags: i32,
): void {
  const shape = changetype<Geometry>(geometry);
  const pixels = shape.batch * shape.inHeight * shape.inWidth;
  const taps = shape.kernelHeight * shape.kernelWidth;
  for (let first = 0; first < pixels; first += ROW_BLOCK) {
    const count = min(pixels - first, ROW_BLOCK);
    const rows = (count + 3) & ~3;
    if (isPointwise(shape)) {
      matrixRowPointers(outputGradient, <usize>shape.outStride << 2, zeroRow, first, count, rows, pointers);
    } else {
      outputRowPointers(shape, outputGradient, zeroRow, first, count, rows, pointers);
    }
    const outBytes = <usize>shape.inStride << 2;
    block(taps, pointers, rows, count, shape.outChannels, packed, inputGradient + <usize>first * outBytes, outBytes, shape.inChannels, 0, flags, zeroRow);
  }
}

/** product[m][n] = bias[n] + Σ left[m][k] · right[k][n]; `packed` from packColumns (or packRows for a transposed right side). */
export function matMul(
  left: usize,
  packed: usize,
  bias: usize,
  product: usize,
  m: i32,
  k: i32,
  n: i32,
  pointers: usize,
  zeroRow: usize,
  flags: i32,
): void {
  for (let first = 0; first < m; first += ROW_BLOCK) {
    const count = min(m - first, ROW_BLOCK);
    const rows = (count + 3) & ~3;
    const outBytes = <usize>n << 2;
    matrixRowPointers(left, <usize>k << 2, zeroRow, first, count, rows, pointers);
    block(1, pointers, rows, count, k, packed, product + <usize>first * outBytes, outBytes, n, bias, flags, zeroRow);
  }
}

function block(
  taps: i32,
  pointers: usize,
  rows: i32,
  count: i32,
  depth: i32,
  packed: usize,
  out: usize,
  outBytes: usize,
  channels: i32,
  bias: usize,
  flags: i32,
  zeroRow: usize,
): void {
  const panelBytes = <usize>(taps * depth) << 5;
  for (let channel = 0; channel < channels; channel += 8, packed += panelBytes) {
    const columns = min(channels - channel, 8);
    const start = bias ? bias + (<usize>channel << 2) : 0;
    let row = 0;
    if (taps == 1 && columns == 8 && !(flags & ADD)) {
      row = count & ~3;
      gemmPanel(pointers, depth, packed, out + (<usize>channel << 2), outBytes, row, start, flags);
    }
    for (; row < count; row += 4) {
      gemmTile(
        taps,
        pointers + (<usize>row << 2),
        <usize>rows << 2,
        depth,
        packed,
        out + <usize>row * outBytes + (<usize>channel << 2),
        outBytes,
        min(count - row, 4),
        columns,
        start,
        flags,
        zeroRow,
      );
    }
  }
}
