// Layer normalisation of the rows of a matrix: y = gamma·(x − mean)/√(variance + ε) + shift, the variance divided by n.
// A row (5 KB for 1280 inputs) stays in the first-level cache while it is passed over three times; four sums at once, for the
// latency of an addition. Backwards only x is needed; mean and variance are computed anew.

import { loadFirst, multiplyAdd, storeFirst, zeros } from './simd';
import { total } from './total';

export function layerNorm(x: usize, gamma: usize, shift: usize, y: usize, rows: i32, inputs: i32, epsilon: f32): void {
  const rowBytes = <usize>inputs << 2;
  for (let row = 0; row < rows; row++, x += rowBytes, y += rowBytes) {
    const m = mean(x, inputs);
    const inverse = f32x4.splat(<f32>1 / sqrt<f32>(variance(x, inputs, m) + epsilon));
    const centre = f32x4.splat(m);
    for (let i = 0; i < inputs; i += 4) {
      const at = <usize>i << 2;
      const left = inputs - i;
      const normal = f32x4.mul(f32x4.sub(loadFirst(x + at, left), centre), inverse);
      storeFirst(y + at, multiplyAdd(loadFirst(shift + at, left), normal, loadFirst(gamma + at, left)), left);
    }
  }
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
  memory.fill(dGamma, 0, rowBytes);
  memory.fill(dShift, 0, rowBytes);
  for (let row = 0; row < rows; row++, x += rowBytes, dy += rowBytes, dx += rowBytes) {
    const m = mean(x, inputs);
    const scale: f32 = <f32>1 / sqrt<f32>(variance(x, inputs, m) + epsilon);
    const inverse = f32x4.splat(scale);
    const centre = f32x4.splat(m);
    let sum = zeros(), product = zeros();
    for (let i = 0; i < inputs; i += 4) {
      const at = <usize>i << 2;
      const left = inputs - i;
      const normal = f32x4.mul(f32x4.sub(loadFirst(x + at, left), centre), inverse);
      const received = loadFirst(dy + at, left);
      const inner = f32x4.mul(received, loadFirst(gamma + at, left));
      sum = f32x4.add(sum, inner);
      product = multiplyAdd(product, inner, normal);
      storeFirst(dGamma + at, multiplyAdd(loadFirst(dGamma + at, left), received, normal), left);
      storeFirst(dShift + at, f32x4.add(loadFirst(dShift + at, left), received), left);
    }
    // dx = inverse·(d − mean(d) − normal·mean(d·normal)) with d = dy·gamma
    const first = f32x4.splat(-total(sum) / <f32>inputs);
    const second = f32x4.splat(-total(product) / <f32>inputs);
    for (let i = 0; i < inputs; i += 4) {
      const at = <usize>i << 2;
      const left = inputs - i;
      const normal = f32x4.mul(f32x4.sub(loadFirst(x + at, left), centre), inverse);
      const inner = multiplyAdd(first, loadFirst(dy + at, left), loadFirst(gamma + at, left));
      storeFirst(dx + at, f32x4.mul(multiplyAdd(inner, normal, second), inverse), left);
    }
  }
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
