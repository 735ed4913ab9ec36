// Cosine and sine of four numbers, for |x| up to some hundred (the reduction is in one step: absolute error about 10⁻⁷ + 6·10⁻⁸·|x|).
// x = q·π/2 + f with |f| ≤ π/4; both polynomials in f, of which the quadrant q takes one and its sign. Polynomials by reweighted
// least squares: largest error 2·10⁻⁹ and 4·10⁻⁸ before rounding.

import { multiplyAdd, multiplySubtract } from './simd';

const ROUND: f32 = 12582912;

/** cos x = sin(x + π/2): the next quadrant. */
// @ts-ignore: decorator
@inline
export function cosine(x: v128): v128 {
  return quadrants(x, 1);
}

// @ts-ignore: decorator
@inline
export function sine(x: v128): v128 {
  return quadrants(x, 0);
}

// @ts-ignore: decorator
@inline
function quadrants(x: v128, ahead: i32): v128 {
  const round = f32x4.splat(ROUND);
  const shifted = multiplyAdd(round, x, f32x4.splat(0.6366197723675814));
  const q = f32x4.sub(shifted, round);
  // π/2 in two parts, so that f loses no digits.
  const f = multiplySubtract(multiplySubtract(x, q, f32x4.splat(1.5703125)), q, f32x4.splat(4.838267948966e-4));
  const z = f32x4.mul(f, f);
  let s = multiplyAdd(f32x4.splat(0.0083319787), z, f32x4.splat(-0.0001949564));
  s = multiplyAdd(f32x4.splat(-0.1666665067), z, s);
  const sin = multiplyAdd(f, f32x4.mul(f, z), s);
  let c = multiplyAdd(f32x4.splat(0.0416562946), z, f32x4.splat(-0.0013597823));
  c = multiplyAdd(f32x4.splat(-0.4999989478), z, c);
  const cos = multiplyAdd(f32x4.splat(1), z, c);
  const quadrant = i32x4.add(shifted, i32x4.splat(ahead));
  const odd = i32x4.eq(v128.and(quadrant, i32x4.splat(1)), i32x4.splat(1));
  const sign = i32x4.shl(v128.and(quadrant, i32x4.splat(2)), 30);
  return v128.xor(v128.bitselect(cos, sin, odd), sign);
}
