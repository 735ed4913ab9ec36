// Rearranges a filter into panels of 8 output channels, the order in which the GEMM tile reads it: for each panel, for
// each filter tap, for each reduced channel, 8 consecutive floats (zeros where the panel sticks out). Done on every
// call: a filter is small beside the images, and during training it changes at every step anyway.

import { loadFirst, storeFirst } from './simd';

/**
 * `filter[tap][reduced][out]` → `packed[panel][tap][reduced][8]`. For the forward convolution (reduced = input
 * channels) and for a matrix product's right side (one tap).
 */
export function packColumns(filter: usize, packed: usize, taps: i32, reduced: i32, out: i32): void {
  const rows = taps * reduced;
  for (let first = 0; first < out; first += 8) {
    const left = min(out - first, 8);
    let from = filter + (<usize>first << 2);
    for (let row = 0; row < rows; row++) {
      if (left == 8) {
        v128.store(packed, v128.load(from));
        v128.store(packed, v128.load(from, 16), 16);
      } else {
        v128.store(packed, loadFirst(from, left));
        v128.store(packed, left > 4 ? loadFirst(from + 16, left - 4) : f32x4.splat(0), 16);
      }
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
      for (let lane = 0; lane < 8; lane++) {
        let to = packed + (<usize>lane << 2);
        if (lane < left) {
          let source = from + <usize>lane * rowBytes;
          for (let k = 0; k < reduced; k++, to += 32, source += 4) store<f32>(to, load<f32>(source));
        } else {
          for (let k = 0; k < reduced; k++, to += 32) store<f32>(to, 0);
        }
      }
      packed += rowBytes << 3;
    }
  }
}
