// Filter gradient of a 3 × 3 convolution with stride 1, the adjoint of winograd-conv2d.ts with the same tiles:
//
//   filterGradient = Gᵀ [ Σ over tiles: (Bᵀ window B) · (A outputGradient Aᵀ) ] G
//
// Loop order: blocks of `tileBlock` tiles → both transforms → 36 positions → panels of 8 output channels → tiles of 4
// input channels. Register tile: 4 input × 8 output channels, the sum running over the block's tiles. Both sides lie in
// panels of 8 channels, tile after tile, so the inner loop reads two streams.

import { Geometry } from './geometry';
import { multiplyAdd, zeros } from './simd';
import { filterFromPositions } from './winograd-filter';
import { transformGradient, transformWindow } from './winograd-input';
import { POSITIONS, TILE, tileCount, tilesAcross, tilesDown, WINDOW, windowPointers, winogradPositionBytes } from './winograd-tiles';

/**
 * Both channel counts must be multiples of 4. `windows` and `gradients` hold 36 · winogradPositionBytes(tileBlock,
 * channels rounded up to 8), `sums` 36 · winogradPositionBytes(inChannels, outChannels).
 */
export function winogradFilterGradient(
  geometry: usize,
  input: usize,
  outputGradient: usize,
  filterGradient: usize,
  tileBlock: i32,
  pointers: usize,
  zeroRow: usize,
  windows: usize,
  gradients: usize,
  sums: usize,
  temporary: usize,
): void {
  const shape = changetype<Geometry>(geometry);
  const tiles = tileCount(shape);
  const across = tilesAcross(shape);
  const perImage = tilesDown(shape) * across;
  const inChannels = shape.inChannels;
  const outChannels = shape.outChannels;
  const windowPosition = <usize>winogradPositionBytes(tileBlock, (inChannels + 7) & ~7);
  const gradientPosition = <usize>winogradPositionBytes(tileBlock, (outChannels + 7) & ~7);
  const sumPosition = <usize>winogradPositionBytes(inChannels, outChannels);
  const panelBytes = <usize>tileBlock << 5;
  const inPixel = <usize>shape.inStride << 2;
  const outPixel = <usize>shape.outStride << 2;
  const inImage = <usize>(shape.inHeight * shape.inWidth) * inPixel;
  const outImage = <usize>(shape.outHeight * shape.outWidth) * outPixel;
  memory.fill(sums, 0, sumPosition * POSITIONS);
  for (let first = 0; first < tiles; first += tileBlock) {
    const count = min(tiles - first, tileBlock);
    for (let i = 0; i < count; i++) {
      const image = (first + i) / perImage;
      const inside = first + i - image * perImage;
      const top = (inside / across) * TILE;
      const left = (inside % across) * TILE;
      const at = <usize>i << 5;
      windowPointers(input + <usize>image * inImage, shape.inHeight, shape.inWidth, inPixel, top - shape.padTop, left - shape.padLeft, WINDOW, zeroRow, pointers);
      transformWindow(pointers, inChannels, windows + at, windowPosition, panelBytes, temporary);
      windowPointers(outputGradient + <usize>image * outImage, shape.outHeight, shape.outWidth, outPixel, top, left, TILE, zeroRow, pointers);
      transformGradient(pointers, outChannels, gradients + at, gradientPosition, panelBytes, temporary);
    }
    for (let position = 0; position < POSITIONS; position++) {
      const p = <usize>position;
      addProducts(windows + p * windowPosition, gradients + p * gradientPosition, panelBytes, count, inChannels, outChannels, sums + p * sumPosition);
    }
  }
  filterFromPositions(sums, sumPosition, filterGradient, inChannels * outChannels, temporary);
}

function addProducts(windows: usize, gradients: usize, panelBytes: usize, count: i32, inChannels: i32, outChannels: i32, sums: usize): void {
  const rowBytes = <usize>outChannels << 2;
  for (let n = 0; n < outChannels; n += 8, gradients += panelBytes, sums += 32) {
    const whole = outChannels - n >= 8;
    let to = sums;
    for (let c = 0; c < inChannels; c += 4, to += rowBytes << 2) {
      addTile(windows + <usize>(c >> 3) * panelBytes + (<usize>(c & 4) << 2), gradients, gradients + (<usize>count << 5), to, rowBytes, whole);
    }
  }
}

/** Adds a block's share of 4 input × 8 (or 4) output channels. */
// @ts-ignore: decorator
@inline
function addTile(window: usize, gradient: usize, end: usize, to: usize, rowBytes: usize, whole: bool): void {
  let l0 = zeros(), l1 = zeros(), l2 = zeros(), l3 = zeros();
  let r0 = zeros(), r1 = zeros(), r2 = zeros(), r3 = zeros();
  while (gradient != end) {
    const g0 = v128.load(gradient), g1 = v128.load(gradient, 16);
    let s = v128.load32_splat(window); l0 = multiplyAdd(l0, s, g0); r0 = multiplyAdd(r0, s, g1);
    s = v128.load32_splat(window, 4); l1 = multiplyAdd(l1, s, g0); r1 = multiplyAdd(r1, s, g1);
    s = v128.load32_splat(window, 8); l2 = multiplyAdd(l2, s, g0); r2 = multiplyAdd(r2, s, g1);
    s = v128.load32_splat(window, 12); l3 = multiplyAdd(l3, s, g0); r3 = multiplyAdd(r3, s, g1);
    gradient += 32;
    window += 32;
  }
  const to1 = to + rowBytes, to2 = to1 + rowBytes, to3 = to2 + rowBytes;
  v128.store(to, f32x4.add(v128.load(to), l0));
  v128.store(to1, f32x4.add(v128.load(to1), l1));
  v128.store(to2, f32x4.add(v128.load(to2), l2));
  v128.store(to3, f32x4.add(v128.load(to3), l3));
  if (!whole) return;
  v128.store(to, f32x4.add(v128.load(to, 16), r0), 16);
  v128.store(to1, f32x4.add(v128.load(to1, 16), r1), 16);
  v128.store(to2, f32x4.add(v128.load(to2, 16), r2), 16);
  v128.store(to3, f32x4.add(v128.load(to3, 16), r3), 16);
}
