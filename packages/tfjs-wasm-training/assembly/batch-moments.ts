// Mean and (biased) variance of every channel over the rows of a matrix [rows][channels], reading it once from memory.
//
// Loop order: blocks of ROW_BLOCK rows → tiles of 16 or 4 channels → rows, twice: a block's own mean, then the squares around
// it, while its rows are in the cache. The block's moments are merged into the running ones (Chan, Golub and LeVeque 1979),
// so nothing cancels, however far the mean lies from zero.
// Not used: E[x²] − E[x]² shifted by the first row, which loses digits where the first row is an outlier.

import { loadFirst, multiplyAdd, storeFirst, zeros } from './simd';

const ROW_BLOCK: i32 = 64;

export function batchMoments(x: usize, mean: usize, variance: usize, rows: i32, channels: i32): void {
  const rowBytes = <usize>channels << 2;
  memory.fill(mean, 0, rowBytes);
  memory.fill(variance, 0, rowBytes);
  for (let first = 0; first < rows; first += ROW_BLOCK) {
    const count = min(rows - first, ROW_BLOCK);
    const inverse = f32x4.splat(<f32>1 / <f32>count);
    const share = f32x4.splat(<f32>count / <f32>(first + count));
    const weight = f32x4.splat(<f32>(<f64>first * <f64>count / <f64>(first + count)));
    let c = 0;
    for (; c + 16 <= channels; c += 16) {
      const from = x + (<usize>c << 2);
      let s0 = zeros(), s1 = zeros(), s2 = zeros(), s3 = zeros();
      let row = from;
      for (let i = 0; i < count; i++, row += rowBytes) {
        s0 = f32x4.add(s0, v128.load(row));
        s1 = f32x4.add(s1, v128.load(row, 16));
        s2 = f32x4.add(s2, v128.load(row, 32));
        s3 = f32x4.add(s3, v128.load(row, 48));
      }
      s0 = f32x4.mul(s0, inverse);
      s1 = f32x4.mul(s1, inverse);
      s2 = f32x4.mul(s2, inverse);
      s3 = f32x4.mul(s3, inverse);
      let q0 = zeros(), q1 = zeros(), q2 = zeros(), q3 = zeros();
      row = from;
      for (let i = 0; i < count; i++, row += rowBytes) {
        const d0 = f32x4.sub(v128.load(row), s0), d1 = f32x4.sub(v128.load(row, 16), s1);
        const d2 = f32x4.sub(v128.load(row, 32), s2), d3 = f32x4.sub(v128.load(row, 48), s3);
        q0 = multiplyAdd(q0, d0, d0);
        q1 = multiplyAdd(q1, d1, d1);
        q2 = multiplyAdd(q2, d2, d2);
        q3 = multiplyAdd(q3, d3, d3);
      }
      const at = <usize>c << 2;
      merge(mean + at, variance + at, s0, q0, share, weight, 4);
      merge(mean + at + 16, variance + at + 16, s1, q1, share, weight, 4);
      merge(mean + at + 32, variance + at + 32, s2, q2, share, weight, 4);
      merge(mean + at + 48, variance + at + 48, s3, q3, share, weight, 4);
    }
    for (; c < channels; c += 4) {
      const left = channels - c;
      const from = x + (<usize>c << 2);
      let s = zeros();
      let row = from;
      for (let i = 0; i < count; i++, row += rowBytes) s = f32x4.add(s, loadFirst(row, left));
      s = f32x4.mul(s, inverse);
      let q = zeros();
      row = from;
      for (let i = 0; i < count; i++, row += rowBytes) {
        const d = f32x4.sub(loadFirst(row, left), s);
        q = multiplyAdd(q, d, d);
      }
      const at = <usize>c << 2;
      merge(mean + at, variance + at, s, q, share, weight, left);
    }
    x += <usize>count * rowBytes;
  }
  const last = f32x4.splat(<f32>1 / <f32>rows);
  for (let c = 0; c < channels; c += 4) {
    const at = variance + (<usize>c << 2);
    storeFirst(at, f32x4.mul(loadFirst(at, channels - c), last), channels - c);
  }
}

// @ts-ignore: decorator
@inline
function merge(mean: usize, squares: usize, s: v128, q: v128, share: v128, weight: v128, count: i32): void {
  const m = loadFirst(mean, count);
  const distance = f32x4.sub(s, m);
  storeFirst(mean, multiplyAdd(m, distance, share), count);
  const sum = f32x4.add(loadFirst(squares, count), q);
  storeFirst(squares, multiplyAdd(sum, f32x4.mul(distance, distance), weight), count);
}
