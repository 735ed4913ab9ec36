// dx = dy where 0 < x (and x ≤ limit for Relu6), else 0: one pass instead of Step, Cast and Multiply.

import { loadFirst, storeFirst, zeros } from './simd';

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
