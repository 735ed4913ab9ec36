// Where pixels have few channels (an image has 3), sums of `channels` products a tap are too short to be worth starting: the
// pixels under all taps are copied together first, and one sum runs over the whole patch. The copy is small: 9 short copies
// for a 3 × 3 window, against 64 or more sums over it.
//
// Milliseconds for [16, 128, 128, 3] → 64, 3 × 3, stride 2, forward / filter gradient, one core: tap by tap OLD; a row of taps
// at a time, where the image is padded beforehand 8.1 / 10.9; whole patches (this one) NEW.

import { Geometry } from './geometry';

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
 * patches[row][tap][c] from pointers[tap][row]. Writes up to 12 bytes behind the last patch and reads as many behind a pixel.
 *
 * @param rows entries of the table a tap
 * @param count patches to copy
 */
export function gatherPatches(pointers: usize, taps: i32, rows: i32, count: i32, channels: i32, patches: usize): void {
  const tapBytes = <usize>rows << 2;
  const pixelBytes = <usize>channels << 2;
  for (let row = 0; row < count; row++, pointers += 4) {
    let slot = pointers;
    for (let tap = 0; tap < taps; tap++, slot += tapBytes, patches += pixelBytes) {
      // What is copied too much is overwritten by the next tap.
      const from = <usize>load<u32>(slot);
      v128.store(patches, v128.load(from));
      if (channels > 4) v128.store(patches, v128.load(from, 16), 16);
    }
  }
}
