// 3 × 3 convolution with stride 1 by Winograd's F(4×4, 3×3): 36 multiplications a channel for a tile of 4 × 4 output
// pixels instead of 144. Also the input gradient: the convolution of the output gradient with the turned filter.
//
//   output tile = Aᵀ [ Σ over channels: (G filter Gᵀ) · (Bᵀ window B) ] A
//
// Loop order: blocks of `tileBlock` tiles → transform of their windows → 36 matrix products (tiles × inChannels) ·
// (inChannels × outChannels) → transform back, with bias and activation. The host chooses the block so that its windows
// and products stay in the second-level cache (src/run-winograd.ts).
//
// Milliseconds for 16 maps, direct kernel → this one, best of 10 runs on a busy AMD EPYC (Milan), Node 20, relaxed SIMD:
//                            forward       input gradient   filter gradient (winograd-filter-gradient.ts)
//   23 × 23,  16 →  64    3.77 → 1.60     3.55 → 1.60      3.99 → 1.62
//   11 × 11,  32 → 128    3.12 → 1.21     3.03 → 1.31      4.67 → 1.27
//    7 ×  7,  64 → 256    4.60 → 2.29     4.90 → 2.31      6.33 → 2.51
//    5 ×  5,  64 → 256    2.32 → 2.09     2.50 → 2.26      3.25 → 2.28
//    3 ×  3,  64 → 256    1.18 → 1.14     1.07 → 1.12      1.40 → 1.23   (stays with the direct kernel)
// Tried: constants of the transforms loaded from memory instead of written into the code: no difference beyond the noise.
// Not tried: F(2×2, 3×3), which saves only 2.25 instead of 4 times; the points chosen make F(4×4) exact enough, but for
// windows of zeros: see winograd-zeros.ts.

import { Geometry } from './geometry';
import { clip, RELU, RELU6 } from './gemm-tile';
import { multiplyAdd, zeros } from './simd';
import { transformWindow } from './winograd-input';
import { FAR, NEAR, POSITIONS, TILE, tileCount, tilesAcross, tilesDown, WINDOW, windowPointers, winogradPositionBytes } from './winograd-tiles';
import { restoreZeros, zeroOutputs } from './winograd-zeros';

/**
 * Both channel counts must be multiples of 4. `packed` from winogradPackColumns or winogradPackRows; `windows` and
 * `products` hold 36 · winogradPositionBytes(tileBlock, channels rounded up to 8), `temporary` 1 KB, `pointers` 144 bytes,
 * `dark` 4 bytes for each tile of a block.
 */
export function winogradConv2d(
  geometry: usize,
  input: usize,
  packed: usize,
  bias: usize,
  output: usize,
  tileBlock: i32,
  pointers: usize,
  zeroRow: usize,
  windows: usize,
  products: usize,
  temporary: usize,
  dark: usize,
  flags: i32,
): void {
  const shape = changetype<Geometry>(geometry);
  const tiles = tileCount(shape);
  const across = tilesAcross(shape);
  const perImage = tilesDown(shape) * across;
  const inChannels = shape.inChannels;
  const outChannels = shape.outChannels;
  const paddedOut = (outChannels + 7) & ~7;
  const windowBytes = <usize>inChannels << 2;
  const productBytes = <usize>paddedOut << 2;
  const windowPosition = <usize>winogradPositionBytes(tileBlock, (inChannels + 7) & ~7);
  const productPosition = <usize>winogradPositionBytes(tileBlock, paddedOut);
  const packedPosition = <usize>winogradPositionBytes(inChannels, paddedOut);
  const inPixel = <usize>shape.inStride << 2;
  const outPixel = <usize>shape.outStride << 2;
  const inImage = <usize>(shape.inHeight * shape.inWidth) * inPixel;
  for (let first = 0; first < tiles; first += tileBlock) {
    const count = min(tiles - first, tileBlock);
    for (let i = 0; i < count; i++) {
      const image = (first + i) / perImage;
      const inside = first + i - image * perImage;
      const top = (inside / across) * TILE - shape.padTop;
      const left = (inside % across) * TILE - shape.padLeft;
      windowPointers(input + <usize>image * inImage, shape.inHeight, shape.inWidth, inPixel, top, left, WINDOW, zeroRow, pointers);
      store<i32>(dark + (<usize>i << 2), zeroOutputs(pointers, inChannels));
      transformWindow(pointers, inChannels, windows + <usize>i * windowBytes, windowPosition, 32, temporary);
    }
    for (let position = 0; position < POSITIONS; position++) {
      const p = <usize>position;
      multiply(windows + p * windowPosition, packed + p * packedPosition, products + p * productPosition, count, inChannels, paddedOut);
    }
    for (let i = 0; i < count; i++) {
      const image = (first + i) / perImage;
      const inside = first + i - image * perImage;
      const top = (inside / across) * TILE;
      const left = (inside % across) * TILE;
      const to = output + <usize>((image * shape.outHeight + top) * shape.outWidth + left) * outPixel;
      transformBack(
        products + <usize>i * productBytes, productPosition, outChannels, bias, to, <usize>shape.outWidth * outPixel, outPixel,
        min(shape.outHeight - top, TILE), min(shape.outWidth - left, TILE), temporary, flags,
      );
      const zeroed = load<i32>(dark + (<usize>i << 2));
      if (zeroed) {
        restoreZeros(
          zeroed, to, <usize>shape.outWidth * outPixel, outPixel,
          min(shape.outHeight - top, TILE), min(shape.outWidth - left, TILE), outChannels, bias, flags,
        );
      }
    }
  }
}

/** products[tile][n] = Σ windows[tile][k] · packed[n / 8][k][n % 8], tiles rounded up to 4 (what lies behind is not used). */
function multiply(windows: usize, packed: usize, products: usize, tiles: i32, depth: i32, columns: i32): void {
  const rowBytes = <usize>depth << 2;
  const outBytes = <usize>columns << 2;
  const panelBytes = <usize>depth << 5;
  for (let n = 0; n < columns; n += 8, packed += panelBytes, products += 32) {
    let from = windows;
    let to = products;
    for (let tile = 0; tile < tiles; tile += 4, from += rowBytes << 2, to += outBytes << 2) {
      productTile(from, rowBytes, packed, packed + panelBytes, to, outBytes);
    }
  }
}

/** The register tile of gemm-tile.ts without its taps, edges and activations: the sums here are as short as 16. */
// @ts-ignore: decorator
@inline
function productTile(from: usize, rowBytes: usize, packed: usize, end: usize, to: usize, outBytes: usize): void {
  let l0 = zeros(), l1 = zeros(), l2 = zeros(), l3 = zeros();
  let r0 = zeros(), r1 = zeros(), r2 = zeros(), r3 = zeros();
  let a0 = from, a1 = from + rowBytes, a2 = a1 + rowBytes, a3 = a2 + rowBytes;
  while (packed != end) {
    const w0 = v128.load(packed), w1 = v128.load(packed, 16);
    let s = v128.load32_splat(a0); l0 = multiplyAdd(l0, s, w0); r0 = multiplyAdd(r0, s, w1);
    s = v128.load32_splat(a1); l1 = multiplyAdd(l1, s, w0); r1 = multiplyAdd(r1, s, w1);
    s = v128.load32_splat(a2); l2 = multiplyAdd(l2, s, w0); r2 = multiplyAdd(r2, s, w1);
    s = v128.load32_splat(a3); l3 = multiplyAdd(l3, s, w0); r3 = multiplyAdd(r3, s, w1);
    packed += 32;
    a0 += 4; a1 += 4; a2 += 4; a3 += 4;
  }
  const to1 = to + outBytes, to2 = to1 + outBytes, to3 = to2 + outBytes;
  v128.store(to, l0); v128.store(to, r0, 16);
  v128.store(to1, l1); v128.store(to1, r1, 16);
  v128.store(to2, l2); v128.store(to2, r2, 16);
  v128.store(to3, l3); v128.store(to3, r3, 16);
}

/** Aᵀ m A for one tile, plus bias and activation; stores the `rows` × `columns` pixels inside the image. */
function transformBack(
  from: usize,
  positionBytes: usize,
  channels: i32,
  bias: usize,
  to: usize,
  lineBytes: usize,
  pixelBytes: usize,
  rows: i32,
  columns: i32,
  temporary: usize,
  flags: i32,
): void {
  const step = positionBytes * WINDOW;
  for (let c = 0; c < channels; c += 4, from += 16, to += 16) {
    let at = from;
    for (let column: usize = 0; column < 96; column += 16, at += positionBytes) {
      const at2 = at + 2 * step, at4 = at + 4 * step;
      const m1 = v128.load(at + step), m2 = v128.load(at2), m3 = v128.load(at2 + step), m4 = v128.load(at4);
      const near = f32x4.add(m1, m2), nearOdd = f32x4.sub(m1, m2);
      const far = f32x4.add(m3, m4), farOdd = f32x4.sub(m3, m4);
      const t = temporary + column;
      v128.store(t, f32x4.add(v128.load(at), f32x4.add(near, far)));
      v128.store(t, line1(nearOdd, farOdd), 96);
      v128.store(t, line2(near, far), 192);
      v128.store(t, f32x4.add(v128.load(at4 + step), line3(nearOdd, farOdd)), 288);
    }
    const start = bias ? v128.load(bias + (<usize>c << 2)) : zeros();
    let line = to;
    let t = temporary;
    for (let row = 0; row < rows; row++, line += lineBytes, t += 96) {
      const m1 = v128.load(t, 16), m2 = v128.load(t, 32), m3 = v128.load(t, 48), m4 = v128.load(t, 64);
      const near = f32x4.add(m1, m2), nearOdd = f32x4.sub(m1, m2);
      const far = f32x4.add(m3, m4), farOdd = f32x4.sub(m3, m4);
      let y0 = f32x4.add(f32x4.add(v128.load(t), start), f32x4.add(near, far));
      let y1 = f32x4.add(start, line1(nearOdd, farOdd));
      let y2 = f32x4.add(start, line2(near, far));
      let y3 = f32x4.add(f32x4.add(v128.load(t, 80), start), line3(nearOdd, farOdd));
      if (flags & (RELU | RELU6)) {
        y0 = clip(y0, flags); y1 = clip(y1, flags); y2 = clip(y2, flags); y3 = clip(y3, flags);
      }
      v128.store(line, y0);
      if (columns > 1) v128.store(line + pixelBytes, y1);
      if (columns > 2) v128.store(line + 2 * pixelBytes, y2);
      if (columns > 3) v128.store(line + 3 * pixelBytes, y3);
    }
  }
}

// @ts-ignore: decorator
@inline
function line1(near: v128, far: v128): v128 {
  return multiplyAdd(f32x4.mul(near, f32x4.splat(NEAR)), far, f32x4.splat(FAR));
}

// @ts-ignore: decorator
@inline
function line2(near: v128, far: v128): v128 {
  return multiplyAdd(f32x4.mul(near, f32x4.splat(NEAR * NEAR)), far, f32x4.splat(FAR * FAR));
}

// @ts-ignore: decorator
@inline
function line3(near: v128, far: v128): v128 {
  return multiplyAdd(f32x4.mul(near, f32x4.splat(NEAR * NEAR * NEAR)), far, f32x4.splat(FAR * FAR * FAR));
}
