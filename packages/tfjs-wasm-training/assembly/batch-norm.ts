// BatchNorm over the rows of a matrix [rows][channels]. Loop order: rows, then tiles of 4 channels; each pass streams
// through the big tensors once.

import { loadFirst, multiplyAdd, storeFirst, zeros } from './simd';

/** y = x · scale + shift, channel by channel. */
export function scaleShift(x: usize, y: usize, scale: usize, shift: usize, rows: i32, channels: i32): void {
  const whole = channels & ~3;
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < whole; c += 4, x += 16, y += 16) {
      const at = <usize>c << 2;
      v128.store(y, multiplyAdd(v128.load(shift + at), v128.load(x), v128.load(scale + at)));
    }
    if (whole < channels) {
      const at = <usize>whole << 2;
      const left = channels - whole;
      storeFirst(y, multiplyAdd(loadFirst(shift + at, left), loadFirst(x, left), loadFirst(scale + at, left)), left);
      x += <usize>left << 2;
      y += <usize>left << 2;
    }
  }
}

const ROW_BLOCK: i32 = 128;

/** The two sums that every BatchNorm gradient needs: Σ dy and Σ dy · (x − mean), channel by channel. */
export function batchNormGradientSums(
  x: usize,
  gradient: usize,
  mean: usize,
  sums: usize,
  products: usize,
  rows: i32,
  channels: i32,
): void {
  const rowBytes = <usize>channels << 2;
  memory.fill(sums, 0, rowBytes);
  memory.fill(products, 0, rowBytes);
  for (let first = 0; first < rows; first += ROW_BLOCK) {
    const count = min(rows - first, ROW_BLOCK);
    let c = 0;
    for (; c + 8 <= channels; c += 8) {
      const at = <usize>c << 2;
      const m0 = v128.load(mean + at), m1 = v128.load(mean + at, 16);
      let s0 = zeros(), s1 = zeros(), p0 = zeros(), p1 = zeros();
      let from = x + at;
      let g = gradient + at;
      for (let i = 0; i < count; i++, from += rowBytes, g += rowBytes) {
        const g0 = v128.load(g), g1 = v128.load(g, 16);
        s0 = f32x4.add(s0, g0);
        s1 = f32x4.add(s1, g1);
        p0 = multiplyAdd(p0, g0, f32x4.sub(v128.load(from), m0));
        p1 = multiplyAdd(p1, g1, f32x4.sub(v128.load(from, 16), m1));
      }
      v128.store(sums + at, f32x4.add(v128.load(sums + at), s0));
      v128.store(sums + at, f32x4.add(v128.load(sums + at, 16), s1), 16);
      v128.store(products + at, f32x4.add(v128.load(products + at), p0));
      v128.store(products + at, f32x4.add(v128.load(products + at, 16), p1), 16);
    }
    for (; c < channels; c += 4) {
      const at = <usize>c << 2;
      const left = channels - c;
      const m = loadFirst(mean + at, left);
      let s = zeros(), p = zeros();
      let from = x + at;
      let g = gradient + at;
      for (let i = 0; i < count; i++, from += rowBytes, g += rowBytes) {
        const value = loadFirst(g, left);
        s = f32x4.add(s, value);
        p = multiplyAdd(p, value, f32x4.sub(loadFirst(from, left), m));
      }
      storeFirst(sums + at, f32x4.add(loadFirst(sums + at, left), s), left);
      storeFirst(products + at, f32x4.add(loadFirst(products + at, left), p), left);
    }
    x += <usize>count * rowBytes;
    gradient += <usize>count * rowBytes;
  }
}
