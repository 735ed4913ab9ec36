// Sums over the rows of matrices: sums[b][c] = factor · Σ over rows: x[b][row][c]. It serves Sum and Mean over the
// leading axes (bias gradients, BatchNorm's moments) and over the pixels of each image (global pooling).
//
// Loop order: blocks of ROW_BLOCK rows → tiles of 16 columns → rows. A tile's 4 accumulators stay in registers for a
// block, then go to memory: the sums stay short (small rounding error), and a block is read while it is in the cache.

import { loadFirst, storeFirst, zeros } from './simd';

const ROW_BLOCK: i32 = 128;

export function columnSums(x: usize, sums: usize, batch: i32, rows: i32, columns: i32, factor: f32): void {
  const rowBytes = <usize>columns << 2;
  for (let b = 0; b < batch; b++, sums += rowBytes) {
    memory.fill(sums, 0, rowBytes);
    for (let first = 0; first < rows; first += ROW_BLOCK) {
      const count = min(rows - first, ROW_BLOCK);
      addColumnSums(x, sums, count, columns, rowBytes);
      x += <usize>count * rowBytes;
    }
    for (let c = 0; c < columns; c += 4) {
      const at = sums + (<usize>c << 2);
      storeFirst(at, f32x4.mul(loadFirst(at, columns - c), f32x4.splat(factor)), columns - c);
    }
  }
}

/** Adds the sums over `count` rows, few enough to lie in the cache. */
export function addColumnSums(x: usize, sums: usize, count: i32, columns: i32, rowBytes: usize): void {
  let left = columns;
  for (; left >= 16; left -= 16, x += 64, sums += 64) {
    let a0 = zeros(), a1 = zeros(), a2 = zeros(), a3 = zeros();
    let row = x;
    for (let i = 0; i < count; i++, row += rowBytes) {
      a0 = f32x4.add(a0, v128.load(row));
      a1 = f32x4.add(a1, v128.load(row, 16));
      a2 = f32x4.add(a2, v128.load(row, 32));
      a3 = f32x4.add(a3, v128.load(row, 48));
    }
    v128.store(sums, f32x4.add(v128.load(sums), a0));
    v128.store(sums, f32x4.add(v128.load(sums, 16), a1), 16);
    v128.store(sums, f32x4.add(v128.load(sums, 32), a2), 32);
    v128.store(sums, f32x4.add(v128.load(sums, 48), a3), 48);
  }
  for (; left > 0; left -= 4, x += 16, sums += 16) {
    let a = zeros();
    let row = x;
    for (let i = 0; i < count; i++, row += rowBytes) a = f32x4.add(a, loadFirst(row, left));
    storeFirst(sums, f32x4.add(loadFirst(sums, left), a), left);
  }
}
