// Shared by the depthwise forward kernel and its input gradient: one pixel, all channels.
//
//   out[c] = bias[c] + Σ over rows i < rows, columns j < columns:  source[i][j][c] · weights[i][j][c]
//
// Without a bias (address 0) the sum starts from 0. The steps may be negative (the gradient walks the filter backwards). Register tile: 16 channels in 4 accumulators,
// then 4, then the last 1 to 3. Loop order: channels outside, taps inside, so that every output is written once.

import { loadFirst, multiplyAdd, storeFirst, zeros } from './simd';

// @ts-ignore: decorator
@inline
export function sumTaps(
  rows: i32,
  columns: i32,
  source: usize,
  sourceRow: isize,
  sourceColumn: isize,
  weights: usize,
  weightRow: isize,
  weightColumn: isize,
  bias: usize,
  out: usize,
  channels: i32,
): void {
  let left = channels;
  for (; left >= 16; left -= 16, source += 64, weights += 64, out += 64) {
    let a0 = zeros(), a1 = zeros(), a2 = zeros(), a3 = zeros();
    if (bias) {
      a0 = v128.load(bias);
      a1 = v128.load(bias, 16);
      a2 = v128.load(bias, 32);
      a3 = v128.load(bias, 48);
      bias += 64;
    }
    let sourceLine = source, weightLine = weights;
    for (let i = 0; i < rows; i++, sourceLine += sourceRow, weightLine += weightRow) {
      let s = sourceLine, w = weightLine;
      for (let j = 0; j < columns; j++, s += sourceColumn, w += weightColumn) {
        a0 = multiplyAdd(a0, v128.load(s), v128.load(w));
        a1 = multiplyAdd(a1, v128.load(s, 16), v128.load(w, 16));
        a2 = multiplyAdd(a2, v128.load(s, 32), v128.load(w, 32));
        a3 = multiplyAdd(a3, v128.load(s, 48), v128.load(w, 48));
      }
    }
    v128.store(out, a0);
    v128.store(out, a1, 16);
    v128.store(out, a2, 32);
    v128.store(out, a3, 48);
  }
  for (; left > 0; left -= 4, source += 16, weights += 16, out += 16) {
    let sum = zeros();
    if (bias) {
      sum = loadFirst(bias, left);
      bias += 16;
    }
    let sourceLine = source, weightLine = weights;
    for (let i = 0; i < rows; i++, sourceLine += sourceRow, weightLine += weightRow) {
      let s = sourceLine, w = weightLine;
      for (let j = 0; j < columns; j++, s += sourceColumn, w += weightColumn) {
        sum = multiplyAdd(sum, loadFirst(s, left), loadFirst(w, left));
      }
    }
    storeFirst(out, sum, left);
  }
}
