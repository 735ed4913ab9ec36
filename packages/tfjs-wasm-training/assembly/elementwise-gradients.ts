// Gradients of elementwise and broadcasting operations, each in one pass where tfjs composes them of three to five.

import { loadFirst, storeFirst } from './simd';

/** Sigmoid, from its output y: dx = dy · y · (1 − y). */
export function sigmoidGradient(y: usize, gradient: usize, result: usize, size: i32): void {
  const one = f32x4.splat(1);
  for (; size >= 4; size -= 4, y += 16, gradient += 16, result += 16) {
    const value = v128.load(y);
    v128.store(result, f32x4.mul(v128.load(gradient), f32x4.mul(value, f32x4.sub(one, value))));
  }
  if (size > 0) {
    const value = loadFirst(y, size);
    storeFirst(result, f32x4.mul(loadFirst(gradient, size), f32x4.mul(value, f32x4.sub(one, value))), size);
  }
}

/** Square: dx = 2 · x · dy. */
export function squareGradient(x: usize, gradient: usize, result: usize, size: i32): void {
  const two = f32x4.splat(2);
  for (; size >= 4; size -= 4, x += 16, gradient += 16, result += 16) {
    v128.store(result, f32x4.mul(v128.load(gradient), f32x4.mul(two, v128.load(x))));
  }
  if (size > 0) storeFirst(result, f32x4.mul(loadFirst(gradient, size), f32x4.mul(two, loadFirst(x, size))), size);
}

/** Mean over the rows of each of `batch` matrices: every row gets factor · dy. */
export function spreadRows(gradient: usize, result: usize, batch: i32, rows: i32, columns: i32, factor: f32): void {
  const scale = f32x4.splat(factor);
  const rowBytes = <usize>columns << 2;
  for (let b = 0; b < batch; b++, gradient += rowBytes) {
    const first = result;
    for (let c = 0; c < columns; c += 4) {
      const at = <usize>c << 2;
      storeFirst(first + at, f32x4.mul(loadFirst(gradient + at, columns - c), scale), columns - c);
    }
    result += rowBytes;
    for (let row = 1; row < rows; row++, result += rowBytes) memory.copy(result, first, rowBytes);
  }
}
