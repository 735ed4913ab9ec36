// Layer normalisation of the rows of a matrix: y = gamma·(x − mean)/√(variance + ε) + shift, the variance divided by n.
// A row (5 KB for 1280 inputs) stays in the first-level cache while it is passed over three times; four sums at once, for the
// latency of an addition. Backwards only x is needed; mean and variance are computed anew.

import { loadFirst, multiplyAdd, storeFirst, zeros } from './simd';
import { total } from './total';

export function layerNorm(x: usize, gamma: usize, shift: usize, y: usize, rows: i32, inputs: i32, epsilon: f32): void {
  const rowBytes = <usize>inputs << 2;
  const whole = <usize>(inputs & ~3) << 2;
  const left = inputs & 3;
  for (let row = 0; row < rows; row++, x += rowBytes, y += rowBytes) {
    const m = mean(x, inputs);
    const inverse: f32 = <f32>1 / sqrt<f32>(variance(x, inputs, m) + epsilon);
    for (let at: usize = 0; at < whole; at += 16) normTile(x + at, gamma + at, shift + at, y + at, m, inverse, 4);
    if (left > 0) normTile(x + whole, gamma + whole, shift + whole, y + whole, m, inverse, left);
  }
}

// @ts-ignore: decorator
@inline
function normTile(x: usize, gamma: usize, shift: usize, y: usize, mean: f32, inverse: f32, count: i32): void {
  const normal = normalized(x, mean, inverse, count);
  storeFirst(y, multiplyAdd(loadFirst(shift, count), normal, loadFirst(gamma, count)), count);
}

// @ts-ignore: decorator
@inline
function normalized(x: usize, mean: f32, inverse: f32, count: i32): v128 {
  return f32x4.mul(f32x4.sub(loadFirst(x, count), f32x4.splat(mean)), f32x4.splat(inverse));
}

/** Gradients of x [rows][inputs], gamma and shift [inputs]. */
export function layerNormGradient(
  x: usize,
  gamma: usize,
  dy: usize,
  dx: usize,
  dGamma: usize,
  dShift: usize,
  rows: i32,
  inputs: i32,
  epsilon: f32,
): void {
  const rowBytes = <usize>inputs << 2;
  const whole = <usize>(inputs & ~3) << 2;
  const left = inputs & 3;
  memory.fill(dGamma, 0, rowBytes);
  memory.fill(dShift, 0, rowBytes);
  for (let row = 0; row < rows; row++, x += rowBytes, dy += rowBytes, dx += rowBytes) {
    const m = mean(x, inputs);
    const inverse: f32 = <f32>1 / sqrt<f32>(variance(x, inputs, m) + epsilon);
    // dx = inverse·(d − mean(d) − normal·mean(d·normal)) with d = dy·gamma
    let sum = zeros(), product = zeros();
    for (let at: usize = 0; at < whole; at += 16) {
      sum = multiplyAdd(sum, v128.load(dy + at), v128.load(gamma + at));
      product = f32x4.add(product, sumTile(x + at, gamma + at, dy + at, dGamma + at, dShift + at, m, inverse, 4));
    }
    if (left > 0) {
      sum = multiplyAdd(sum, loadFirst(dy + whole, left), loadFirst(gamma + whole, left));
      const last = sumTile(x + whole, gamma + whole, dy + whole, dGamma + whole, dShift + whole, m, inverse, left);
      product = f32x4.add(product, last);
    }
    const first: f32 = -total(sum) / <f32>inputs;
    const second: f32 = -total(product) / <f32>inputs;
    for (let at: usize = 0; at < whole; at += 16) {
      inputTile(x + at, gamma + at, dy + at, dx + at, m, inverse, first, second, 4);
    }
    if (left > 0) inputTile(x + whole, gamma + whole, dy + whole, dx + whole, m, inverse, first, second, left);
  }
}

/** Adds to dGamma and dShift, and returns dy·gamma·normal. */
// @ts-ignore: decorator
@inline
function sumTile(
  x: usize,
  gamma: usize,
  dy: usize,
  dGamma: usize,
  dShift: usize,
  mean: f32,
  inverse: f32,
  count: i32,
): v128 {
  const received = loadFirst(dy, count);
  const step = f32x4.mul(received, normalized(x, mean, inverse, count));
  storeFirst(dGamma, f32x4.add(loadFirst(dGamma, count), step), count);
  storeFirst(dShift, f32x4.add(loadFirst(dShift, count), received), count);
  return f32x4.mul(step, loadFirst(gamma, count));
}

// @ts-ignore: decorator
@inline
function inputTile(
  x: usize,
  gamma: usize,
  dy: usize,
  dx: usize,
  mean: f32,
  inverse: f32,
  first: f32,
  second: f32,
  count: i32,
): void {
  const inner = multiplyAdd(f32x4.splat(first), loadFirst(dy, count), loadFirst(gamma, count));
  const step = multiplyAdd(inner, normalized(x, mean, inverse, count), f32x4.splat(second));
  storeFirst(dx, f32x4.mul(step, f32x4.splat(inverse)), count);
}

function mean(x: usize, inputs: i32): f32 {
  let a = zeros(), b = zeros(), c = zeros(), d = zeros();
  let i = 0;
  for (; i + 16 <= inputs; i += 16, x += 64) {
    a = f32x4.add(a, v128.load(x));
    b = f32x4.add(b, v128.load(x, 16));
    c = f32x4.add(c, v128.load(x, 32));
    d = f32x4.add(d, v128.load(x, 48));
  }
  for (; i < inputs; i += 4, x += 16) a = f32x4.add(a, loadFirst(x, inputs - i));
  return total(f32x4.add(f32x4.add(a, b), f32x4.add(c, d))) / <f32>inputs;
}

function variance(x: usize, inputs: i32, mean: f32): f32 {
  const m = f32x4.splat(mean);
  let a = zeros(), b = zeros(), c = zeros(), d = zeros();
  let i = 0;
  for (; i + 16 <= inputs; i += 16, x += 64) {
    const p = f32x4.sub(v128.load(x), m), q = f32x4.sub(v128.load(x, 16), m);
    const r = f32x4.sub(v128.load(x, 32), m), s = f32x4.sub(v128.load(x, 48), m);
    a = multiplyAdd(a, p, p);
    b = multiplyAdd(b, q, q);
    c = multiplyAdd(c, r, r);
    d = multiplyAdd(d, s, s);
  }
  let sum = total(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
  for (; i < inputs; i++, x += 4) {
    const distance = load<f32>(x) - mean;
    sum += distance * distance;
  }
  return sum / <f32>inputs;
}
