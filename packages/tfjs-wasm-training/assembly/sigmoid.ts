// 1 / (1 + e⁻ˣ) for four numbers, inlined into the fused kernels. e⁻ˣ = 2ⁿ·eʳ with n = round(−x / ln 2) and |r| ≤ ½ ln 2; eʳ by
// a polynomial of degree 6 (Taylor), whose error, 2·10⁻⁷, is that of float32; ln 2 in two parts, so that r loses no digits. 
// Clamped to |x| ≤ 87, where the result is 0 or 1 within rounding.

import { multiplyAdd } from './simd';

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  const y = f32x4.max(f32x4.min(f32x4.neg(x), f32x4.splat(87)), f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(y, f32x4.splat(1.44269504)));
  const r = multiplyAdd(multiplyAdd(y, n, f32x4.splat(-0.693359375)), n, f32x4.splat(2.12194440e-4));
  let e = multiplyAdd(f32x4.splat(8.3333333e-3), r, f32x4.splat(1.3888889e-3));
  e = multiplyAdd(f32x4.splat(4.1666668e-2), r, e);
  e = multiplyAdd(f32x4.splat(0.16666667), r, e);
  e = multiplyAdd(f32x4.splat(0.5), r, e);
  e = multiplyAdd(one, r, e);
  e = multiplyAdd(one, r, e);
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.div(one, multiplyAdd(one, e, power));
}
