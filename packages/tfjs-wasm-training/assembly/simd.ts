// The few vector operations every kernel uses. All are inlined: they cost nothing.

/** `sum + a · b`: one instruction and one rounding in the relaxed build, two of each in the plain one. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** `sum − a · b`, likewise. */
// @ts-ignore: decorator
@inline
export function multiplySubtract(sum: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, sum);
  return f32x4.sub(sum, f32x4.mul(a, b));
}

// @ts-ignore: decorator
@inline
export function zeros(): v128 {
  return f32x4.splat(0);
}

/** The first `count` (1 to 4) floats at `at`, zeros behind them; never reads further. */
// @ts-ignore: decorator
@inline
export function loadFirst(at: usize, count: i32): v128 {
  if (count >= 4) return v128.load(at);
  let value = v128.load32_zero(at);
  if (count > 1) value = v128.load32_lane(at, value, 1, 4);
  if (count > 2) value = v128.load32_lane(at, value, 2, 8);
  return value;
}

/** Stores the first `count` (1 to 4) floats of `value` and touches nothing behind them. */
// @ts-ignore: decorator
@inline
export function storeFirst(at: usize, value: v128, count: i32): void {
  if (count >= 4) {
    v128.store(at, value);
    return;
  }
  v128.store32_lane(at, value, 0);
  if (count > 1) v128.store32_lane(at, value, 1, 4);
  if (count > 2) v128.store32_lane(at, value, 2, 8);
}
