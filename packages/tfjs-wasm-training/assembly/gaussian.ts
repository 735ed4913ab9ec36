// e^(−u²·rate) for four numbers, exactly 0 where it is below float32, NaN for NaN. `clampArgument` first keeps u where its powers
// times this are finite: beyond ±20 everything that has this factor is 0.

import { exponential } from './exponential';

// @ts-ignore: decorator
@inline
export function clampArgument(u: v128): v128 {
  return f32x4.pmax(f32x4.pmin(u, f32x4.splat(20)), f32x4.splat(-20));
}

// @ts-ignore: decorator
@inline
export function gaussian(u: v128, rate: f32): v128 {
  const power = f32x4.mul(f32x4.mul(u, u), f32x4.splat(-rate));
  return v128.andnot(exponential(power), f32x4.lt(power, f32x4.splat(-87)));
}
