// dx = dy where 0 < x (and x ≤ limit for Relu6), else 0: one pass instead of Step, Cast and Multiply.

import { addColumnSums } from './column-sums';
import { loadFirst, storeFirst, zeros } from './simd';

/** Floats of a block: what is stored is summed up while it is in the first-level cache. */
const BLOCK_FLOATS: i32 = 4096;

/** `limit`: 6 for Relu6, infinity for Relu. */
export function reluGradient(x: usize, gradient: usize, result: usize, size: i32, limit: f32): void {
  const top = f32x4.splat(limit);
  const none = zeros();
  for (; size >= 4; size -= 4, x += 16, gradient += 16, result += 16) {
    const value = v128.load(x);
    const open = v128.and(f32x4.gt(value, none), f32x4.le(value, top));
    v128.store(result, v128.and(v128.load(gradient), open));
  }
  if (size > 0) {
    const value = loadFirst(x, size);
    const open = v128.and(f32x4.gt(value, none), f32x4.le(value, top));
    storeFirst(result, v128.and(loadFirst(gradient, size), open), size);
  }
}

/** As above from y of [rows][columns], with the sums over the rows, which are the gradient of a bias before the activation. */
export function reluGradientSums(y: usize, gradient: usize, result: usize, sums: usize, rows: i32, columns: i32): void {
  const rowBytes = <usize>columns << 2;
  const blockRows = max(BLOCK_FLOATS / columns, 4);
  memory.fill(sums, 0, rowBytes);
  for (let first = 0; first < rows; first += blockRows) {
    const count = min(rows - first, blockRows);
    reluGradient(y, gradient, result, count * columns, Infinity);
    addColumnSums(result, sums, count, columns, rowBytes);
    const bytes = <usize>count * rowBytes;
    y += bytes;
    gradient += bytes;
    result += bytes;
  }
}
