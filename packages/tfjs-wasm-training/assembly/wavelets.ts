// KAN's wavelet layer: y[row][o] = Σ over inputs: weight[o][i] · ψ(u), u = (x[row][i] − translation[o][i]) · inverse[o][i], and
// all its gradients. Every edge has its own argument, so rows · units · inputs wavelets are computed, but none is stored.
//
//   mexican hat  2/(√3·π^¼)·(u² − 1)·e^(−u²/2)      morlet  cos(5u)·e^(−u²/2)      derivative of Gaussian  −u·e^(−u²/2)
//
// Loop order: units → rows → tiles of 4 inputs. What belongs to a unit (weights and, backwards, their gradients: six rows of
// 5 KB for 1280 inputs) stays in the cache while all rows of x pass. One exported function a wavelet: see scaled-activation.ts.

import { cosine, sine } from './cosine';
import { clampArgument, gaussian } from './gaussian';
import { loadFirst, multiplyAdd, multiplySubtract, storeFirst, zeros } from './simd';
import { total } from './total';

const MEXICAN_HAT: i32 = 0;
const MORLET: i32 = 1;
const DERIVATIVE_OF_GAUSSIAN: i32 = 2;
const HAT_FACTOR: f32 = 0.8673250705840776;

// @ts-ignore: decorator
@inline
function waveletOf(u: v128, e: v128, form: i32): v128 {
  if (form == MORLET) return f32x4.mul(cosine(f32x4.mul(u, f32x4.splat(5))), e);
  if (form == DERIVATIVE_OF_GAUSSIAN) return f32x4.neg(f32x4.mul(u, e));
  const hat = f32x4.mul(e, f32x4.splat(HAT_FACTOR));
  return multiplyAdd(f32x4.neg(hat), f32x4.mul(u, u), hat);
}

/** ψ′, with `value` = ψ. */
// @ts-ignore: decorator
@inline
function slopeOf(u: v128, e: v128, value: v128, form: i32): v128 {
  if (form == MORLET) {
    const wave = f32x4.mul(sine(f32x4.mul(u, f32x4.splat(5))), f32x4.splat(-5));
    return multiplySubtract(f32x4.mul(wave, e), u, value);
  }
  const first = f32x4.mul(u, e);
  if (form == DERIVATIVE_OF_GAUSSIAN) return multiplyAdd(f32x4.neg(e), first, u);
  // (3u − u³)·e
  const hat = f32x4.mul(first, f32x4.splat(HAT_FACTOR));
  return multiplySubtract(f32x4.mul(hat, f32x4.splat(3)), hat, f32x4.mul(u, u));
}

export function mexicanHatWavelets(
  x: usize,
  translation: usize,
  inverse: usize,
  weight: usize,
  y: usize,
  rows: i32,
  inputs: i32,
  units: i32,
): void {
  forward(x, translation, inverse, weight, y, rows, inputs, units, MEXICAN_HAT);
}

export function morletWavelets(
  x: usize,
  translation: usize,
  inverse: usize,
  weight: usize,
  y: usize,
  rows: i32,
  inputs: i32,
  units: i32,
): void {
  forward(x, translation, inverse, weight, y, rows, inputs, units, MORLET);
}

export function derivativeOfGaussianWavelets(
  x: usize,
  translation: usize,
  inverse: usize,
  weight: usize,
  y: usize,
  rows: i32,
  inputs: i32,
  units: i32,
): void {
  forward(x, translation, inverse, weight, y, rows, inputs, units, DERIVATIVE_OF_GAUSSIAN);
}

// @ts-ignore: decorator
@inline
function forward(
  x: usize,
  translation: usize,
  inverse: usize,
  weight: usize,
  y: usize,
  rows: i32,
  inputs: i32,
  units: i32,
  form: i32,
): void {
  const rowBytes = <usize>inputs << 2;
  const whole = <usize>(inputs & ~3) << 2;
  const left = inputs & 3;
  for (let o = 0; o < units; o++, translation += rowBytes, inverse += rowBytes, weight += rowBytes, y += 4) {
    let from = x, to = y;
    for (let row = 0; row < rows; row++, from += rowBytes, to += <usize>units << 2) {
      let sum = zeros();
      for (let at: usize = 0; at < whole; at += 16) {
        sum = addTile(sum, from + at, translation + at, inverse + at, weight + at, form, 4);
      }
      if (left > 0) sum = addTile(sum, from + whole, translation + whole, inverse + whole, weight + whole, form, left);
      store<f32>(to, total(sum));
    }
  }
}

/** `sum` and the weighted wavelets of `count` (1 to 4) inputs; a constant count costs nothing. */
// @ts-ignore: decorator
@inline
function addTile(sum: v128, x: usize, translation: usize, inverse: usize, weight: usize, form: i32, count: i32): v128 {
  const distance = f32x4.sub(loadFirst(x, count), loadFirst(translation, count));
  const u = clampArgument(f32x4.mul(distance, loadFirst(inverse, count)));
  return multiplyAdd(sum, loadFirst(weight, count), waveletOf(u, gaussian(u, 0.5), form));
}

/** Gradients of x [rows][inputs] and of scale (of which `inverse` is the inverse), translation and weight [units][inputs]. */
export function mexicanHatWaveletsGradient(
  x: usize,
  translation: usize,
  inverse: usize,
  weight: usize,
  dy: usize,
  dx: usize,
  dScale: usize,
  dTranslation: usize,
  dWeight: usize,
  rows: i32,
  inputs: i32,
  units: i32,
): void {
  backward(x, translation, inverse, weight, dy, dx, dScale, dTranslation, dWeight, rows, inputs, units, MEXICAN_HAT);
}

export function morletWaveletsGradient(
  x: usize,
  translation: usize,
  inverse: usize,
  weight: usize,
  dy: usize,
  dx: usize,
  dScale: usize,
  dTranslation: usize,
  dWeight: usize,
  rows: i32,
  inputs: i32,
  units: i32,
): void {
  backward(x, translation, inverse, weight, dy, dx, dScale, dTranslation, dWeight, rows, inputs, units, MORLET);
}

export function derivativeOfGaussianWaveletsGradient(
  x: usize,
  translation: usize,
  inverse: usize,
  weight: usize,
  dy: usize,
  dx: usize,
  dScale: usize,
  dTranslation: usize,
  dWeight: usize,
  rows: i32,
  inputs: i32,
  units: i32,
): void {
  backward(x, translation, inverse, weight, dy, dx, dScale, dTranslation, dWeight, rows, inputs, units, DERIVATIVE_OF_GAUSSIAN);
}

// @ts-ignore: decorator
@inline
function backward(
  x: usize,
  translation: usize,
  inverse: usize,
  weight: usize,
  dy: usize,
  dx: usize,
  dScale: usize,
  dTranslation: usize,
  dWeight: usize,
  rows: i32,
  inputs: i32,
  units: i32,
  form: i32,
): void {
  const rowBytes = <usize>inputs << 2;
  const whole = <usize>(inputs & ~3) << 2;
  const left = inputs & 3;
  memory.fill(dx, 0, rowBytes * rows);
  memory.fill(dScale, 0, rowBytes * units);
  memory.fill(dTranslation, 0, rowBytes * units);
  memory.fill(dWeight, 0, rowBytes * units);
  for (let o = 0; o < units; o++, dy += 4) {
    let from = x, to = dx, received = dy;
    for (let row = 0; row < rows; row++, from += rowBytes, to += rowBytes, received += <usize>units << 2) {
      const gradient = v128.load32_splat(received);
      for (let at: usize = 0; at < whole; at += 16) {
        gradientTile(gradient, from, translation, inverse, weight, to, dScale, dTranslation, dWeight, at, form, 4);
      }
      if (left > 0) {
        gradientTile(gradient, from, translation, inverse, weight, to, dScale, dTranslation, dWeight, whole, form, left);
      }
    }
    translation += rowBytes;
    inverse += rowBytes;
    weight += rowBytes;
    dScale += rowBytes;
    dTranslation += rowBytes;
    dWeight += rowBytes;
  }
}

/** `count` inputs, `at` bytes behind each of the addresses. */
// @ts-ignore: decorator
@inline
function gradientTile(
  gradient: v128,
  x: usize,
  translation: usize,
  inverse: usize,
  weight: usize,
  dx: usize,
  dScale: usize,
  dTranslation: usize,
  dWeight: usize,
  at: usize,
  form: i32,
  count: i32,
): void {
  const turned = loadFirst(inverse + at, count);
  const distance = f32x4.sub(loadFirst(x + at, count), loadFirst(translation + at, count));
  const u = clampArgument(f32x4.mul(distance, turned));
  const e = gaussian(u, 0.5);
  const value = waveletOf(u, e, form);
  const outer = f32x4.mul(f32x4.mul(gradient, loadFirst(weight + at, count)), turned);
  const step = f32x4.mul(outer, slopeOf(u, e, value, form));
  storeFirst(dWeight + at, multiplyAdd(loadFirst(dWeight + at, count), gradient, value), count);
  storeFirst(dx + at, f32x4.add(loadFirst(dx + at, count), step), count);
  storeFirst(dTranslation + at, f32x4.sub(loadFirst(dTranslation + at, count), step), count);
  storeFirst(dScale + at, multiplySubtract(loadFirst(dScale + at, count), step, u), count);
}
