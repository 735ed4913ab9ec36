// dx = dy where 0 < x (and x ≤ limit for Relu6), else dy · 0, and NaN where x is NaN: one pass instead of Step, Cast and Multiply,
// and the same for NaN and infinities, which must not be lost behind a closed gate.

import { addColumnSums } from './column-sums';
import { loadFirst, storeFirst, zeros } from './simd';

/** Floats of a block: what is stored is summed up while it is in the first-level cache. */
const BLOCK_FLOATS: i32 = 4096;

/** What dy is multiplied with: 1 or 0, and NaN for NaN, as from tfjs' Step. */
// @ts-ignore: decorator
@inline
export function reluGate(x: v128, top: v128): v128 {
  const open = v128.and(f32x4.gt(x, zeros()), f32x4.le(x, top));
  return v128.or(v128.and(open, f32x4.splat(1)), v128.and(f32x4.ne(x, x), x));
}

/** `limit`: 6 for Relu6, infinity for Relu. */
export function reluGradient(x: usize, gradient: usize, result: usize, size: i32, limit: f32): void {
  const top = f32x4.splat(limit);
  for (; size >= 4; size -= 4, x += 16, gradient += 16, result += 16) {
    v128.store(result, f32x4.mul(v128.load(gradient), reluGate(v128.load(x), top)));
  }
  if (size > 0) {
    storeFirst(result, f32x4.mul(loadFirst(gradient, size), reluGate(loadFirst(x, size), top)), size);
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
