// Row pointers: instead of copying pixels together (im2col), each filter tap gets a table with the address of the pixel
// that it meets, for a block of rows of the product. A tap outside the image points at a row of zeros.
// Layout: pointers[tap][row], `rows` entries a tap; entries from `count` to `rows` (filling up the last tile) point at
// the zeros.

import { Geometry } from './geometry';

/** For output pixels `first … first + count`: where each tap reads the input (forward and filter gradient). */
export function inputRowPointers(
  shape: Geometry,
  input: usize,
  zeroRow: usize,
  first: i32,
  count: i32,
  rows: i32,
  pointers: usize,
): void {
  const width = shape.outWidth;
  const height = shape.outHeight;
  const pixelBytes = <usize>shape.inStride << 2;
  const tapBytes = <usize>rows << 2;
  const kernelHeight = shape.kernelHeight;
  const kernelWidth = shape.kernelWidth;
  let image = first / (height * width);
  let y = (first - image * height * width) / width;
  let x = first - (image * height + y) * width;
  for (let row = 0; row < count; row++) {
    let slot = pointers + (<usize>row << 2);
    for (let ky = 0; ky < kernelHeight; ky++) {
      const inY = y * shape.strideHeight + ky * shape.dilationHeight - shape.padTop;
      const inside = <u32>inY < <u32>shape.inHeight;
      const line = input + <usize>((image * shape.inHeight + inY) * shape.inWidth) * pixelBytes;
      for (let kx = 0; kx < kernelWidth; kx++, slot += tapBytes) {
        const inX = x * shape.strideWidth + kx * shape.dilationWidth - shape.padLeft;
        const found = inside && <u32>inX < <u32>shape.inWidth;
        store<u32>(slot, <u32>(found ? line + <usize>inX * pixelBytes : zeroRow));
      }
    }
    if (++x == width) {
      x = 0;
      if (++y == height) {
        y = 0;
        image++;
      }
    }
  }
  fillUp(kernelHeight * kernelWidth, count, rows, zeroRow, pointers);
}

/** For input pixels `first … first + count`: which output gradient each tap carries back (input gradient). */
export function outputRowPointers(
  shape: Geometry,
  outputGradient: usize,
  zeroRow: usize,
  first: i32,
  count: i32,
  rows: i32,
  pointers: usize,
): void {
  const width = shape.inWidth;
  const height = shape.inHeight;
  const pixelBytes = <usize>shape.outStride << 2;
  const tapBytes = <usize>rows << 2;
  const kernelHeight = shape.kernelHeight;
  const kernelWidth = shape.kernelWidth;
  const strideHeight = shape.strideHeight;
  const strideWidth = shape.strideWidth;
  let image = first / (height * width);
  let y = (first - image * height * width) / width;
  let x = first - (image * height + y) * width;
  for (let row = 0; row < count; row++) {
    let slot = pointers + (<usize>row << 2);
    for (let ky = 0; ky < kernelHeight; ky++) {
      const scaledY = y + shape.padTop - ky * shape.dilationHeight;
      const outY = strideHeight == 1 ? scaledY : scaledY / strideHeight;
      const inside = scaledY >= 0 && outY * strideHeight == scaledY && outY < shape.outHeight;
      const line = outputGradient + <usize>((image * shape.outHeight + outY) * shape.outWidth) * pixelBytes;
      for (let kx = 0; kx < kernelWidth; kx++, slot += tapBytes) {
        const scaledX = x + shape.padLeft - kx * shape.dilationWidth;
        const outX = strideWidth == 1 ? scaledX : scaledX / strideWidth;
        const found = inside && scaledX >= 0 && outX * strideWidth == scaledX && outX < shape.outWidth;
        store<u32>(slot, <u32>(found ? line + <usize>outX * pixelBytes : zeroRow));
      }
    }
    if (++x == width) {
      x = 0;
      if (++y == height) {
        y = 0;
        image++;
      }
    }
  }
  fillUp(kernelHeight * kernelWidth, count, rows, zeroRow, pointers);
}

/** For the rows of a plain matrix: one tap, evenly spaced. */
export function matrixRowPointers(
  matrix: usize,
  rowBytes: usize,
  zeroRow: usize,
  first: i32,
  count: i32,
  rows: i32,
  pointers: usize,
): void {
  let at = matrix + <usize>first * rowBytes;
  for (let row = 0; row < count; row++, at += rowBytes) store<u32>(pointers + (<usize>row << 2), <u32>at);
  fillUp(1, count, rows, zeroRow, pointers);
}

function fillUp(taps: i32, count: i32, rows: i32, zeroRow: usize, pointers: usize): void {
  for (let tap = 0; tap < taps; tap++) {
    for (let row = count; row < rows; row++) store<u32>(pointers + (<usize>(tap * rows + row) << 2), <u32>zeroRow);
  }
}
