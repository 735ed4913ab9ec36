// What the Winograd kernels share: how an image is cut into tiles, and where things lie in their work space.
//
// A tile is 4 × 4 output pixels; the 6 × 6 input pixels under it become 36 numbers a channel ("positions"), and so do the
// 3 × 3 weights of a filter. Data of one position lie together: position p of a block starts at p · positionBytes.

import { Geometry } from './geometry';

export const TILE: i32 = 4;
export const WINDOW: i32 = 6;
export const POSITIONS: i32 = 36;

/**
 * The points that the transforms evaluate polynomials at: 0, ±NEAR, ±FAR and infinity. All constants of the window and
 * back transforms are exact in float32. Largest error relative to the largest value, sums over 64 input channels, in a
 * simulation of float32 against float64: 3/4 and 3/2 1.0e-6; 2/3 and 3/2 0.8e-6 (but not exact); 1/√2 and √2 1.1e-6;
 * 1 and 3/2 2.1e-6; 1 and 2, the usual choice, 5.0e-6; the direct sum 0.4e-6.
 */
export const NEAR: f32 = 0.75;
export const FAR: f32 = 1.5;

/**
 * Bytes from one position to the next for `rows` rows of `columns` floats. An odd number of cache lines: the 36 positions
 * that a transform touches in turn would otherwise often fall into the same set of the first-level cache.
 */
export function winogradPositionBytes(rows: i32, columns: i32): i32 {
  return (((rows * columns * 4 + 63) >> 6) | 1) << 6;
}

export function tileCount(shape: Geometry): i32 {
  return shape.batch * tilesDown(shape) * tilesAcross(shape);
}

export function tilesDown(shape: Geometry): i32 {
  return (shape.outHeight + TILE - 1) / TILE;
}

export function tilesAcross(shape: Geometry): i32 {
  return (shape.outWidth + TILE - 1) / TILE;
}

/** Addresses of the `size` × `size` pixels from (top, left) of an image on; pixels outside it are `zeroRow`. */
export function windowPointers(
  image: usize,
  height: i32,
  width: i32,
  pixelBytes: usize,
  top: i32,
  left: i32,
  size: i32,
  zeroRow: usize,
  pointers: usize,
): void {
  for (let y = top; y < top + size; y++) {
    const inside = <u32>y < <u32>height;
    const line = image + <usize>(y * width) * pixelBytes;
    for (let x = left; x < left + size; x++, pointers += 4) {
      store<u32>(pointers, <u32>(inside && <u32>x < <u32>width ? line + <usize>x * pixelBytes : zeroRow));
    }
  }
}
