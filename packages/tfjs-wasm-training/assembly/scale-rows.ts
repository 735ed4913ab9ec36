// Squeeze and excitation's large passes: every image [rows][channels] times its own factor a channel, and the gradient.

import { loadFirst, multiplyAdd, storeFirst, zeros } from './simd';

const ROW_BLOCK: i32 = 64;

/** y[b][row][c] = x[b][row][c] · factor[b][c] + term[b][c]; without `term` (address 0) only the product. */
export function scaleRows(
  x: usize,
  factor: usize,
  term: usize,
  y: usize,
  batch: i32,
  rows: i32,
  channels: i32,
): void {
  const rowBytes = <usize>channels << 2;
  const whole = channels & ~3;
  const left = channels - whole;
  for (let b = 0; b < batch; b++, factor += rowBytes) {
    for (let row = 0; row < rows; row++) {
      for (let at: usize = 0, end = <usize>whole << 2; at < end; at += 16, x += 16, y += 16) {
        const start = term ? v128.load(term + at) : zeros();
        v128.store(y, multiplyAdd(start, v128.load(x), v128.load(factor + at)));
      }
      if (left > 0) {
        const at = <usize>whole << 2;
        const start = term ? loadFirst(term + at, left) : zeros();
        storeFirst(y, multiplyAdd(start, loadFirst(x, left), loadFirst(factor + at, left)), left);
        x += <usize>left << 2;
        y += <usize>left << 2;
      }
    }
    if (term) term += rowBytes;
  }
}

/** sums[b][c] = Σ over rows: x · dy, the gradient of the factor. */
export function productSums(x: usize, dy: usize, sums: usize, batch: i32, rows: i32, channels: i32): void {
  const rowBytes = <usize>channels << 2;
  for (let b = 0; b < batch; b++, sums += rowBytes) {
    memory.fill(sums, 0, rowBytes);
    for (let first = 0; first < rows; first += ROW_BLOCK) {
      const count = min(rows - first, ROW_BLOCK);
      let c = 0;
      for (; c + 8 <= channels; c += 8) {
        const at = <usize>c << 2;
        let s0 = zeros(), s1 = zeros();
        let offset = at;
        for (let i = 0; i < count; i++, offset += rowBytes) {
          s0 = multiplyAdd(s0, v128.load(x + offset), v128.load(dy + offset));
          s1 = multiplyAdd(s1, v128.load(x + offset, 16), v128.load(dy + offset, 16));
        }
        v128.store(sums + at, f32x4.add(v128.load(sums + at), s0));
        v128.store(sums + at, f32x4.add(v128.load(sums + at, 16), s1), 16);
      }
      for (; c < channels; c += 4) {
        const at = <usize>c << 2;
        const left = channels - c;
        let s = zeros();
        let offset = at;
        for (let i = 0; i < count; i++, offset += rowBytes) {
          s = multiplyAdd(s, loadFirst(x + offset, left), loadFirst(dy + offset, left));
        }
        storeFirst(sums + at, f32x4.add(loadFirst(sums + at, left), s), left);
      }
      x += <usize>count * rowBytes;
      dy += <usize>count * rowBytes;
    }
  }
}
