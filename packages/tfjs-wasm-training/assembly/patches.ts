// Where pixels have few channels (an image has 3), sums of `channels` products a tap are too short to be worth starting: the
// pixels under all taps are copied together first, and one sum runs over the whole patch. A row of the filter lies in one
// piece in memory, so the copy costs little beside 64 or more sums over the patch.
//
// Milliseconds for [16, 128, 128, 3] → 64, 3 × 3, stride 2, forward / filter gradient, one core: a row of taps as one tap of
// 9 channels, where the image is padded beforehand, 8.1 / 10.9; whole patches, copied tap by tap, 7.4 / 8.9; line by line
// (this one) 5.6 / 7.5.

import { Geometry } from './geometry';
import { zeros } from './simd';

/** As many patches as a block of conv2d.ts and conv2d-filter-gradient.ts has rows at most. */
const MOST_ROWS: usize = 192;

/** Bytes of the `patches` argument; 0 where patches are not copied. */
export function patchBytes(geometry: usize): usize {
  const shape = changetype<Geometry>(geometry);
  if (!gathersPatches(shape)) return 0;
  return MOST_ROWS * (shape.kernelHeight * shape.kernelWidth * shape.inChannels << 2) + 16;
}

/** Whether a convolution's patches are copied together. */
export function gathersPatches(shape: Geometry): bool {
  return shape.inChannels < 8 && shape.kernelHeight * shape.kernelWidth > 1;
}

/**
 * patches[i][tap][c] for the output pixels `first … first + count`, zeros for taps outside the image. Writes up to 12 bytes
 * behind the last patch and reads as many behind a pixel.
 */
export function gatherPatches(shape: Geometry, input: usize, first: i32, count: i32, patches: usize): void {
  const width = shape.outWidth;
  const height = shape.outHeight;
  const pixel = <usize>shape.inStride << 2;
  const channelBytes = <usize>shape.inChannels << 2;
  const taps = shape.kernelWidth;
  const lineBytes = channelBytes * taps;
  // Pixels under one row of the filter lie side by side in memory.
  const joined = shape.dilationWidth == 1 && shape.inStride == shape.inChannels;
  let image = first / (height * width);
  let y = (first - image * height * width) / width;
  let x = first - (image * height + y) * width;
  for (let i = 0; i < count; i++) {
    const left = x * shape.strideWidth - shape.padLeft;
    const inside = joined && left >= 0 && left + taps <= shape.inWidth;
    for (let ky = 0; ky < shape.kernelHeight; ky++, patches += lineBytes) {
      const inY = y * shape.strideHeight + ky * shape.dilationHeight - shape.padTop;
      if (<u32>inY >= <u32>shape.inHeight) {
        for (let at: usize = 0; at < lineBytes; at += 16) v128.store(patches + at, zeros());
        continue;
      }
      const line = input + pixel * ((image * shape.inHeight + inY) * shape.inWidth);
      if (inside) {
        const from = line + pixel * left;
        for (let at: usize = 0; at < lineBytes; at += 16) v128.store(patches + at, v128.load(from + at));
      } else {
        gatherEdge(shape, line, left, patches);
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
}

/** One row of the filter tap by tap. What is copied too much is overwritten by the next one. */
function gatherEdge(shape: Geometry, line: usize, left: i32, to: usize): void {
  const pixel = <usize>shape.inStride << 2;
  const channelBytes = <usize>shape.inChannels << 2;
  for (let kx = 0; kx < shape.kernelWidth; kx++, to += channelBytes) {
    const inX = left + kx * shape.dilationWidth;
    const found = <u32>inX < <u32>shape.inWidth;
    const from = line + pixel * inX;
    v128.store(to, found ? v128.load(from) : zeros());
    if (channelBytes > 16) v128.store(to, found ? v128.load(from, 16) : zeros(), 16);
  }
}
