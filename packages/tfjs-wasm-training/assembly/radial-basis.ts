// Basis functions of the radial KAN layers, all of one number v = scale·x − place, one place a function:
//
//   Gaussian  e^(−v²), slope −2v·e^(−v²);      switch  1 − tanh²(v) = 4s(1 − s) with s = sigmoid(2v), slope −2 tanh(v)·value
//
// Layout: basis[row][function][input], so that a row of it times the coefficients [function][input][unit] is the layer's output.
// Loop order: rows → functions → tiles of 4 inputs: a row of x (5 KB for 1280 inputs) stays in the first-level cache, and the
// basis, which is as many times as large as there are functions, goes through memory once. Backwards each value is computed
// anew, from which its slope costs two more operations, and stored for the gradient of the coefficients; dx is summed up in memory
// (first-level cache). Tried: all functions of 4 inputs at once, dx in a register: 2.1 ms for [100, 8, 1280], as the rows of the
// basis lie 5 KB apart; this order 1.3. One exported function a form: see scaled-activation.ts (2.2 ms for the switch's gradient with one
// for both, 1.6 with two).

import { clampArgument, gaussian } from './gaussian';
import { sigmoid } from './sigmoid';
import { loadFirst, multiplyAdd, storeFirst } from './simd';

const GAUSSIAN: i32 = 0;
const SWITCH: i32 = 1;

// @ts-ignore: decorator
@inline
function valueOf(v: v128, form: i32): v128 {
  if (form == GAUSSIAN) return gaussian(v, 1);
  const s = sigmoid(f32x4.add(v, v));
  return f32x4.mul(f32x4.mul(f32x4.splat(4), s), f32x4.sub(f32x4.splat(1), s));
}

/** The slope by v, divided by −2. */
// @ts-ignore: decorator
@inline
function halfSlope(v: v128, value: v128, form: i32): v128 {
  if (form == GAUSSIAN) return f32x4.mul(v, value);
  const s = sigmoid(f32x4.add(v, v));
  return f32x4.mul(value, f32x4.sub(f32x4.add(s, s), f32x4.splat(1)));
}

/** @param places one a function */
export function gaussianBasis(x: usize, places: usize, scale: f32, basis: usize, rows: i32, functions: i32, inputs: i32): void {
  forward(x, places, scale, basis, rows, functions, inputs, GAUSSIAN);
}

export function switchBasis(x: usize, places: usize, scale: f32, basis: usize, rows: i32, functions: i32, inputs: i32): void {
  forward(x, places, scale, basis, rows, functions, inputs, SWITCH);
}

// @ts-ignore: decorator
@inline
function forward(x: usize, places: usize, scale: f32, basis: usize, rows: i32, functions: i32, inputs: i32, form: i32): void {
  const whole = <usize>(inputs & ~3) << 2;
  const left = inputs & 3;
  const rowBytes = <usize>inputs << 2;
  for (let row = 0; row < rows; row++, x += rowBytes) {
    for (let k = 0; k < functions; k++, basis += rowBytes) {
      const shift = f32x4.neg(v128.load32_splat(places + (<usize>k << 2)));
      for (let at: usize = 0; at < whole; at += 16) valueTile(x + at, shift, scale, basis + at, form, 4);
      if (left > 0) valueTile(x + whole, shift, scale, basis + whole, form, left);
    }
  }
}

/** `count` (1 to 4) inputs; a constant count costs nothing. */
// @ts-ignore: decorator
@inline
function valueTile(x: usize, shift: v128, scale: f32, basis: usize, form: i32, count: i32): void {
  const v = clampArgument(multiplyAdd(shift, loadFirst(x, count), f32x4.splat(scale)));
  storeFirst(basis, valueOf(v, form), count);
}

/** basis as above, and dx[row][input] = scale · Σ over functions: dBasis · slope. `basis` may be `dBasis`. */
export function gaussianBasisGradient(
  x: usize,
  places: usize,
  scale: f32,
  dBasis: usize,
  basis: usize,
  dx: usize,
  rows: i32,
  functions: i32,
  inputs: i32,
): void {
  backward(x, places, scale, dBasis, basis, dx, rows, functions, inputs, GAUSSIAN);
}

export function switchBasisGradient(
  x: usize,
  places: usize,
  scale: f32,
  dBasis: usize,
  basis: usize,
  dx: usize,
  rows: i32,
  functions: i32,
  inputs: i32,
): void {
  backward(x, places, scale, dBasis, basis, dx, rows, functions, inputs, SWITCH);
}

// @ts-ignore: decorator
@inline
function backward(
  x: usize,
  places: usize,
  scale: f32,
  dBasis: usize,
  basis: usize,
  dx: usize,
  rows: i32,
  functions: i32,
  inputs: i32,
  form: i32,
): void {
  const whole = <usize>(inputs & ~3) << 2;
  const left = inputs & 3;
  const rowBytes = <usize>inputs << 2;
  memory.fill(dx, 0, rowBytes * rows);
  for (let row = 0; row < rows; row++, x += rowBytes, dx += rowBytes) {
    for (let k = 0; k < functions; k++, dBasis += rowBytes, basis += rowBytes) {
      const shift = f32x4.neg(v128.load32_splat(places + (<usize>k << 2)));
      for (let at: usize = 0; at < whole; at += 16) {
        gradientTile(x + at, shift, scale, dBasis + at, basis + at, dx + at, form, 4);
      }
      if (left > 0) gradientTile(x + whole, shift, scale, dBasis + whole, basis + whole, dx + whole, form, left);
    }
  }
}

// @ts-ignore: decorator
@inline
function gradientTile(
  x: usize,
  shift: v128,
  scale: f32,
  dBasis: usize,
  basis: usize,
  dx: usize,
  form: i32,
  count: i32,
): void {
  const v = clampArgument(multiplyAdd(shift, loadFirst(x, count), f32x4.splat(scale)));
  const value = valueOf(v, form);
  const step = f32x4.mul(f32x4.mul(loadFirst(dBasis, count), halfSlope(v, value, form)), f32x4.splat(-2 * scale));
  storeFirst(dx, f32x4.add(loadFirst(dx, count), step), count);
  storeFirst(basis, value, count);
}
