// The rational functions of KAN's group-rational layer and their gradients, for x [rows][groups · width]:
//
//   f(x) = P/Q,  P = a₀ + … + a₅x⁵,  A = b₁x + … + b₄x⁴,  Q = 1 + |A|,  with the coefficients of the group; constant beyond ±limit
//
// Loop order: groups → rows → tiles of 4 inputs, so that the coefficients are loaded once a group. Backwards the ten sums for the
// gradient of a group's coefficients stay in registers (or on the stack: x86-64 has 16) along a row, and go on in double precision from
// row to row: they are the same in every run, and as exact as a sum of some hundred numbers.

import { loadFirst, multiplyAdd, storeFirst, zeros } from './simd';
import { preciseTotal } from './total';

/** Numbers of coefficients: a₀ … a₅ and b₁ … b₄. */
const NUMERATOR: i32 = 6;
const DENOMINATOR: i32 = 4;

// @ts-ignore: decorator
@inline
function coefficient(table: usize, index: i32): v128 {
  return v128.load32_splat(table + (<usize>index << 2));
}

/** Between ±limit; NaN stays NaN in this order of arguments. */
// @ts-ignore: decorator
@inline
function bounded(x: v128, limit: f32): v128 {
  return f32x4.pmax(f32x4.pmin(x, f32x4.splat(limit)), f32x4.splat(-limit));
}

/** c₀ + … + c₃x³ */
// @ts-ignore: decorator
@inline
function cubic(x: v128, c0: v128, c1: v128, c2: v128, c3: v128): v128 {
  return multiplyAdd(c0, x, multiplyAdd(c1, x, multiplyAdd(c2, x, c3)));
}

/**
 * y = f(x).
 *
 * @param a six numbers a group, `aBytes` from one group to the next (0: one for all)
 * @param b four numbers a group
 */
export function rational(
  x: usize,
  a: usize,
  aBytes: usize,
  b: usize,
  y: usize,
  rows: i32,
  groups: i32,
  width: i32,
  limit: f32,
): void {
  const rowBytes = <usize>(groups * width) << 2;
  const whole = <usize>(width & ~3) << 2;
  const left = width & 3;
  for (let group = 0; group < groups; group++, a += aBytes, b += <usize>DENOMINATOR << 2) {
    let from = x, to = y;
    for (let row = 0; row < rows; row++, from += rowBytes, to += rowBytes) {
      for (let at: usize = 0; at < whole; at += 16) valueTile(from + at, to + at, a, b, limit, 4);
      if (left > 0) valueTile(from + whole, to + whole, a, b, limit, left);
    }
    x += <usize>width << 2;
    y += <usize>width << 2;
  }
}

// @ts-ignore: decorator
@inline
function valueTile(from: usize, to: usize, a: usize, b: usize, limit: f32, count: i32): void {
  const x = bounded(loadFirst(from, count), limit);
  const tail = multiplyAdd(coefficient(a, 4), x, coefficient(a, 5));
  const p = cubic(x, coefficient(a, 0), coefficient(a, 1), coefficient(a, 2), multiplyAdd(coefficient(a, 3), x, tail));
  const inner = f32x4.mul(x, cubic(x, coefficient(b, 0), coefficient(b, 1), coefficient(b, 2), coefficient(b, 3)));
  storeFirst(to, f32x4.div(p, f32x4.add(f32x4.splat(1), f32x4.abs(inner))), count);
}

/**
 * y = f(x), dx = dy·f′(x) (0 beyond ±limit), and for each group the ten sums over dy · ∂f/∂a₀ … ∂f/∂a₅, ∂f/∂b₁ … ∂f/∂b₄ as f64.
 */
export function rationalGradient(
  x: usize,
  a: usize,
  aBytes: usize,
  b: usize,
  dy: usize,
  y: usize,
  dx: usize,
  sums: usize,
  rows: i32,
  groups: i32,
  width: i32,
  limit: f32,
): void {
  const rowBytes = <usize>(groups * width) << 2;
  const sumBytes = <usize>(NUMERATOR + DENOMINATOR) << 3;
  memory.fill(sums, 0, sumBytes * groups);
  for (let group = 0; group < groups; group++, a += aBytes, b += <usize>DENOMINATOR << 2, sums += sumBytes) {
    for (let row = 0; row < rows; row++) {
      const at = <usize>row * rowBytes;
      gradientRow(x + at, a, b, dy + at, y + at, dx + at, sums, width, limit);
    }
    const widthBytes = <usize>width << 2;
    x += widthBytes;
    dy += widthBytes;
    y += widthBytes;
    dx += widthBytes;
  }
}

function gradientRow(x: usize, a: usize, b: usize, dy: usize, y: usize, dx: usize, sums: usize, width: i32, limit: f32): void {
  const a0 = coefficient(a, 0), a1 = coefficient(a, 1), a2 = coefficient(a, 2);
  const a3 = coefficient(a, 3), a4 = coefficient(a, 4), a5 = coefficient(a, 5);
  const b1 = coefficient(b, 0), b2 = coefficient(b, 1), b3 = coefficient(b, 2), b4 = coefficient(b, 3);
  const one = f32x4.splat(1);
  let n0 = zeros(), n1 = zeros(), n2 = zeros(), n3 = zeros(), n4 = zeros(), n5 = zeros();
  let d1 = zeros(), d2 = zeros(), d3 = zeros(), d4 = zeros();
  for (let i = 0; i < width; i += 4, x += 16, dy += 16, y += 16, dx += 16) {
    const left = width - i;
    const given = loadFirst(x, left);
    const v = bounded(given, limit);
    // Polynomials with their derivatives, by Horner's rule.
    let p = multiplyAdd(a4, v, a5);
    let slope = multiplyAdd(p, v, a5);
    p = multiplyAdd(a3, v, p);
    slope = multiplyAdd(p, v, slope);
    p = multiplyAdd(a2, v, p);
    slope = multiplyAdd(p, v, slope);
    p = multiplyAdd(a1, v, p);
    slope = multiplyAdd(p, v, slope);
    p = multiplyAdd(a0, v, p);
    let inner = multiplyAdd(b3, v, b4);
    let innerSlope = multiplyAdd(inner, v, b4);
    inner = multiplyAdd(b2, v, inner);
    innerSlope = multiplyAdd(inner, v, innerSlope);
    inner = multiplyAdd(b1, v, inner);
    innerSlope = multiplyAdd(inner, v, innerSlope);
    inner = f32x4.mul(inner, v);
    const turned = f32x4.div(one, f32x4.add(one, f32x4.abs(inner)));
    const value = f32x4.mul(p, turned);
    // The tail's missing numbers have dy = 0 and add nothing to the sums.
    const onNumerator = f32x4.mul(loadFirst(dy, left), turned);
    const onInner = f32x4.mul(f32x4.mul(onNumerator, value), minusSign(inner));
    const step = multiplyAdd(f32x4.mul(onNumerator, slope), onInner, innerSlope);
    storeFirst(y, value, left);
    storeFirst(dx, v128.andnot(step, f32x4.gt(f32x4.abs(given), f32x4.splat(limit))), left);
    let power = onNumerator;
    n0 = f32x4.add(n0, power);
    power = f32x4.mul(power, v);
    n1 = f32x4.add(n1, power);
    power = f32x4.mul(power, v);
    n2 = f32x4.add(n2, power);
    power = f32x4.mul(power, v);
    n3 = f32x4.add(n3, power);
    n4 = multiplyAdd(n4, power, v);
    n5 = multiplyAdd(n5, power, f32x4.mul(v, v));
    power = f32x4.mul(onInner, v);
    d1 = f32x4.add(d1, power);
    power = f32x4.mul(power, v);
    d2 = f32x4.add(d2, power);
    d3 = multiplyAdd(d3, power, v);
    d4 = multiplyAdd(d4, power, f32x4.mul(v, v));
  }
  addTotal(sums, n0);
  addTotal(sums + 8, n1);
  addTotal(sums + 16, n2);
  addTotal(sums + 24, n3);
  addTotal(sums + 32, n4);
  addTotal(sums + 40, n5);
  addTotal(sums + 48, d1);
  addTotal(sums + 56, d2);
  addTotal(sums + 64, d3);
  addTotal(sums + 72, d4);
}

/** −1 for positive numbers, 1 for negative ones, 0 for 0. */
// @ts-ignore: decorator
@inline
function minusSign(x: v128): v128 {
  const sign = v128.xor(v128.and(x, i32x4.splat(0x80000000)), f32x4.splat(-1));
  return v128.andnot(sign, f32x4.eq(x, zeros()));
}

// @ts-ignore: decorator
@inline
function addTotal(at: usize, v: v128): void {
  store<f64>(at, load<f64>(at) + preciseTotal(v));
}
