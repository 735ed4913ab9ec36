// The exact (erf) GELU, x·Φ(x) with the normal distribution function Φ, and its derivative, for four numbers. With a = |x|:
//
//   Φ(−a) = e^(−a²/2)·g(t), t = 1/(1 + 0.28·a);   x·Φ(x) = max(x, 0) − a·Φ(−a);   Φ(x) + x·φ(x) = ½ ± (½ − Φ(−a) + a·φ(a))
//
// g = ½·erfcx(a/√2) is a polynomial in t without a constant term, found by least squares reweighted for the largest error times
// e^(−a²/4): Φ is wrong by at most 1.5·10⁻⁸ before rounding, and its lower tail keeps three digits down to x = −8. From a = 13.2 on Φ(−a) is
// held (below 10⁻³⁹): no infinity meets a 0, and the exponential needs no clamp of its own. Tried: degree 8 for 1.5·10⁻⁷ relative to the
// tail, with Φ chosen by the sign of x, 227 µs for [100, 1280]; this 150. tfjs' erf alone takes 1.9 ms.

import { multiplyAdd, multiplySubtract } from './simd';

/** 1/√(2π) */
const DENSITY: f32 = 0.3989422804014327;
const SIGN: i32 = 0x80000000;

/** |x|, at most 13.2; NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function boundedSize(x: v128): v128 {
  return f32x4.pmin(v128.andnot(x, i32x4.splat(SIGN)), f32x4.splat(13.2));
}

/** e^(−a²/2) for 0 ≤ a ≤ 13.2, as exponential.ts does it. */
// @ts-ignore: decorator
@inline
export function bell(a: v128): v128 {
  const round = f32x4.splat(12582912);
  // ½·log₂ e
  const y = f32x4.mul(f32x4.mul(a, a), f32x4.splat(-0.7213475204444817));
  const shifted = f32x4.add(y, round);
  const f = f32x4.sub(y, f32x4.sub(shifted, round));
  let e = multiplyAdd(f32x4.splat(9.67151e-3), f, f32x4.splat(1.32647e-3));
  e = multiplyAdd(f32x4.splat(5.550734e-2), f, e);
  e = multiplyAdd(f32x4.splat(2.4022242e-1), f, e);
  e = multiplyAdd(f32x4.splat(6.9314698e-1), f, e);
  e = multiplyAdd(f32x4.splat(1), f, e);
  return i32x4.add(e, i32x4.shl(shifted, 23));
}

/** Φ(−a), with `e` = e^(−a²/2). */
// @ts-ignore: decorator
@inline
export function lowerTail(a: v128, e: v128): v128 {
  const one = f32x4.splat(1);
  const t = f32x4.div(one, multiplyAdd(one, a, f32x4.splat(0.28)));
  let g = multiplyAdd(f32x4.splat(0.39287839912958317), t, f32x4.splat(-0.10651832606799377));
  g = multiplyAdd(f32x4.splat(-0.24204726476337962), t, g);
  g = multiplyAdd(f32x4.splat(0.27313363155807513), t, g);
  g = multiplyAdd(f32x4.splat(0.06574379124650917), t, g);
  g = multiplyAdd(f32x4.splat(0.1168097624858995), t, g);
  return f32x4.mul(g, f32x4.mul(t, e));
}

// @ts-ignore: decorator
@inline
export function gelu(x: v128, a: v128, tail: v128): v128 {
  return multiplySubtract(f32x4.pmax(x, f32x4.splat(0)), a, tail);
}

/** The derivative of gelu. */
// @ts-ignore: decorator
@inline
export function geluSlope(x: v128, a: v128, e: v128, tail: v128): v128 {
  const half = f32x4.splat(0.5);
  const beyondHalf = multiplyAdd(f32x4.sub(half, tail), f32x4.mul(a, f32x4.splat(DENSITY)), e);
  return f32x4.add(half, v128.xor(beyondHalf, v128.and(x, i32x4.splat(SIGN))));
}
