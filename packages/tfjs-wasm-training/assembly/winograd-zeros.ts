// Exact results where every product of an output is 0. Winograd's outputs are sums over the whole 6 × 6 window in which
// what an output does not see cancels out but for rounding: over a dark background, where the 3 × 3 pixels under an output
// are 0 and others of its tile are not, ±4e-7 come out, relu lets half of them through, and with them the whole gradient.
// So the outputs over zeros are set to what they are exactly: the bias.
//
// A pixel that is not zeros shows it in its first channels, and a tile whose four middle pixels are not has no such output, so
// looking costs little. A convolution of 16 maps of 31 × 31 (16 → 64 channels) and of 15 × 15 (32 → 128), with / without,
// best of 1000 runs in turn on a busy machine: dense maps 0.98 and 0.98, behind a relu 1.02 and 1.02, three quarters of the
// pixels dark 1.06 and 1.04. Tried: no transform for windows of zeros only; no gain that stood out of the noise.

import { clip, RELU, RELU6 } from './gemm-tile';
import { zeros } from './simd';
import { TILE, WINDOW } from './winograd-tiles';

/**
 * Which of a tile's 4 × 4 outputs see zeros only: bit 4 · row + column.
 *
 * @param pointers 36 pixels of the window, of `channels` (a multiple of 4) floats each
 */
export function zeroOutputs(pointers: usize, channels: i32): i32 {
  const bytes = <usize>channels << 2;
  // Whatever 3 × 3 pixels of the 6 × 6 one takes, one of the four in the middle is among them.
  if (!(zeroAt(pointers, 14, bytes) || zeroAt(pointers, 15, bytes) || zeroAt(pointers, 20, bytes) || zeroAt(pointers, 21, bytes))) return 0;
  let above2 = 0, above1 = 0, outputs = 0;
  for (let row = 0; row < WINDOW; row++) {
    let line = 0;
    for (let column = 0; column < WINDOW; column++, pointers += 4) {
      if (zeroAt(pointers, 0, bytes)) line |= 1 << column;
    }
    // Three zeros side by side, and such rows one below the other.
    line &= (line >> 1) & (line >> 2);
    if (row > 1) outputs |= (line & above1 & above2) << ((row - 2) * TILE);
    above2 = above1;
    above1 = line;
  }
  return outputs;
}

function zeroAt(pointers: usize, pixel: usize, bytes: usize): bool {
  let at = <usize>load<u32>(pointers + (pixel << 2));
  for (const end = at + bytes; at != end; at += 16) {
    if (v128.any_true(f32x4.ne(v128.load(at), zeros()))) return false;
  }
  return true;
}

/** Stores the bias (behind the activation) in the outputs named by `outputs`; NaN, which 0 · NaN of a filter is, stays. */
export function restoreZeros(
  outputs: i32,
  to: usize,
  lineBytes: usize,
  pixelBytes: usize,
  rows: i32,
  columns: i32,
  channels: i32,
  bias: usize,
  flags: i32,
): void {
  for (let row = 0; row < rows; row++, to += lineBytes) {
    for (let column = 0; column < columns; column++) {
      if (!((outputs >> (row * TILE + column)) & 1)) continue;
      const pixel = to + <usize>column * pixelBytes;
      for (let c: usize = 0; c < <usize>channels << 2; c += 16) {
        let exact = bias ? v128.load(bias + c) : zeros();
        if (flags & (RELU | RELU6)) exact = clip(exact, flags);
        const value = v128.load(pixel + c);
        v128.store(pixel + c, v128.bitselect(exact, value, f32x4.eq(value, value)));
      }
    }
  }
}

/** Whether one of `count` (a multiple of 4) floats is 0. */
export function holdsZero(at: usize, count: i32): bool {
  for (const end = at + (<usize>count << 2); at != end; at += 16) {
    if (v128.any_true(f32x4.eq(v128.load(at), zeros()))) return true;
  }
  return false;
}
