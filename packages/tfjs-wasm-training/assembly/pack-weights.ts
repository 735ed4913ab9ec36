// Rearranges a filter into panels of 8 output channels, the order in which the GEMM tile reads it: for each panel, for
// each filter tap, for each reduced channel, 8 consecutive floats (zeros where the panel sticks out). Done on every
// call: a filter is small beside the images, and during training it changes at every step anyway.

import { loadFirst, storeFirst } from './simd';

/**
 * `filter[tap][reduced][out]` → `packed[panel][tap][reduced][8]`. For the forward convolution (reduced = input
 * channels) and for a matrix product's right side (one tap).
 */
export function packColumns(filter: usize, packed: usize, taps: i32, reduced: i32, out: i32): void {
  pack(filter, 0, packed, taps * reduced, out, false);
}

/** The same, each output channel times its number in `scale` (padded to whole panels): a norm behind the convolution. */
export function packScaledColumns(filter: usize, scale: usize, packed: usize, taps: i32, reduced: i32, out: i32): void {
  pack(filter, scale, packed, taps * reduced, out, true);
}

// @ts-ignore: decorator
@inline
function pack(filter: usize, scale: usize, packed: usize, rows: i32, out: i32, scaled: bool): void {
  for (let first = 0; first < out; first += 8) {
    const left = min(out - first, 8);
    let from = filter + (<usize>first << 2);
    const s0 = scaled ? v128.load(scale) : f32x4.splat(1);
    const s1 = scaled ? v128.load(scale, 16) : f32x4.splat(1);
    scale += 32;
    for (let row = 0; row < rows; row++) {
      let w0: v128, w1: v128;
      if (left == 8) {
        w0 = v128.load(from);
        w1 = v128.load(from, 16);
      } else {
        w0 = loadFirst(from, left);
        w1 = left > 4 ? loadFirst(from + 16, left - 4) : f32x4.splat(0);
      }
      v128.store(packed, scaled ? f32x4.mul(w0, s0) : w0);
      v128.store(packed, scaled ? f32x4.mul(w1, s1) : w1, 16);
      packed += 32;
      from += <usize>out << 2;
    }
  }
}

/**
 * `filter[tap][out][reduced]` → `packed[panel][tap][reduced][8]`: the transposed filter, for the input gradient (out =
 * input channels, reduced = output channels) and for a matrix product with a transposed right side.
 */
export function packRows(filter: usize, packed: usize, taps: i32, out: i32, reduced: i32): void {
  const rowBytes = <usize>reduced << 2;
  for (let first = 0; first < out; first += 8) {
    const left = min(out - first, 8);
    for (let tap = 0; tap < taps; tap++) {
      const from = filter + <usize>(tap * out + first) * rowBytes;
      // Whole panels in squares of 4 × 4; single numbers for what is left.
      const squares = left == 8 ? reduced & ~3 : 0;
      for (let k = 0; k < squares; k += 4) {
        const square = from + (<usize>k << 2), to = packed + (<usize>k << 5);
        transposeSquare(square, rowBytes, to);
        transposeSquare(square + (rowBytes << 2), rowBytes, to + 16);
      }
      for (let lane = 0; lane < 8; lane++) {
        let to = packed + (<usize>squares << 5) + (<usize>lane << 2);
        if (lane < left) {
          let source = from + <usize>lane * rowBytes + (<usize>squares << 2);
          for (let k = squares; k < reduced; k++, to += 32, source += 4) store<f32>(to, load<f32>(source));
        } else {
          for (let k = 0; k < reduced; k++, to += 32) store<f32>(to, 0);
        }
      }
      packed += rowBytes << 3;
    }
  }
}

/** Four rows of four numbers, `rowBytes` apart, as columns: the k-th numbers of all rows go to `to` + 32·k. */
// @ts-ignore: decorator
@inline
function transposeSquare(from: usize, rowBytes: usize, to: usize): void {
  const a = v128.load(from), b = v128.load(from + rowBytes);
  const c = v128.load(from + (rowBytes << 1)), d = v128.load(from + rowBytes * 3);
  const abLow = i32x4.shuffle(a, b, 0, 4, 1, 5), abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const cdLow = i32x4.shuffle(c, d, 0, 4, 1, 5), cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(abLow, cdLow, 0, 2));
  v128.store(to, i64x2.shuffle(abLow, cdLow, 1, 3), 32);
  v128.store(to, i64x2.shuffle(abHigh, cdHigh, 0, 2), 64);
  v128.store(to, i64x2.shuffle(abHigh, cdHigh, 1, 3), 96);
}
