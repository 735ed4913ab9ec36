// An activation times a number, y = factor·act(x), and its gradients. One exported function an activation: where one function chose
// between three loops, binaryen folded these into one that asks at every turn, and took a fifth longer. The tail has code of its own for the
// same reason: a loop with branches in it makes V8 load its 25 constants anew at every turn (338 µs and not 224 for [100, 1280]).

import { bell, boundedSize, gelu, geluSlope, lowerTail } from './gelu';
import { sigmoid } from './sigmoid';
import { loadFirst, multiplyAdd, storeFirst, zeros } from './simd';
import { preciseTotal } from './total';

const GELU: i32 = 0;
const SWISH: i32 = 1;
const LINEAR: i32 = 2;

/** y = factor·act(x) */
export function scaledGelu(x: usize, y: usize, factor: f32, size: i32): void {
  scaled(x, y, factor, size, GELU);
}

export function scaledSwish(x: usize, y: usize, factor: f32, size: i32): void {
  scaled(x, y, factor, size, SWISH);
}

export function scaledLinear(x: usize, y: usize, factor: f32, size: i32): void {
  scaled(x, y, factor, size, LINEAR);
}

// @ts-ignore: decorator
@inline
function scaled(x: usize, y: usize, factor: f32, size: i32, form: i32): void {
  const whole = <usize>(size & ~3) << 2;
  const left = size & 3;
  for (let at: usize = 0; at < whole; at += 16) tile(x + at, y + at, factor, 4, form);
  if (left > 0) tile(x + whole, y + whole, factor, left, form);
}

// @ts-ignore: decorator
@inline
function tile(x: usize, y: usize, factor: f32, count: i32, form: i32): void {
  const v = loadFirst(x, count);
  let g = v;
  if (form == SWISH) g = f32x4.mul(v, sigmoid(v));
  if (form == GELU) {
    const a = boundedSize(v);
    g = gelu(v, a, lowerTail(a, bell(a)));
  }
  storeFirst(y, f32x4.mul(g, f32x4.splat(factor)), count);
}

/**
 * Adds factor·dy·act′(x) to dx, writes act(x) over dy, and returns Σ dy·act(x) over all rows: row by row in float32, from row to row in
 * double precision.
 */
export function scaledGeluGradient(x: usize, dy: usize, dx: usize, factor: f32, rows: i32, inputs: i32): f64 {
  return gradient(x, dy, dx, factor, rows, inputs, GELU);
}

export function scaledSwishGradient(x: usize, dy: usize, dx: usize, factor: f32, rows: i32, inputs: i32): f64 {
  return gradient(x, dy, dx, factor, rows, inputs, SWISH);
}

export function scaledLinearGradient(x: usize, dy: usize, dx: usize, factor: f32, rows: i32, inputs: i32): f64 {
  return gradient(x, dy, dx, factor, rows, inputs, LINEAR);
}

// @ts-ignore: decorator
@inline
function gradient(x: usize, dy: usize, dx: usize, factor: f32, rows: i32, inputs: i32, form: i32): f64 {
  const rowBytes = <usize>inputs << 2;
  const whole = <usize>(inputs & ~3) << 2;
  const left = inputs & 3;
  let sum: f64 = 0;
  for (let row = 0; row < rows; row++, x += rowBytes, dy += rowBytes, dx += rowBytes) {
    let products = zeros();
    for (let at: usize = 0; at < whole; at += 16) {
      products = f32x4.add(products, gradientTile(x + at, dy + at, dx + at, factor, 4, form));
    }
    if (left > 0) {
      products = f32x4.add(products, gradientTile(x + whole, dy + whole, dx + whole, factor, left, form));
    }
    sum += preciseTotal(products);
  }
  return sum;
}

/** Returns dy·act(x). */
// @ts-ignore: decorator
@inline
function gradientTile(x: usize, dy: usize, dx: usize, factor: f32, count: i32, form: i32): v128 {
  const v = loadFirst(x, count);
  let g = v, slope = f32x4.splat(1);
  if (form == SWISH) {
    const s = sigmoid(v);
    g = f32x4.mul(v, s);
    // s + x·s·(1 − s): grouped so that a huge negative x meets an s of 0 first.
    slope = multiplyAdd(s, g, f32x4.sub(f32x4.splat(1), s));
  }
  if (form == GELU) {
    const a = boundedSize(v);
    const e = bell(a);
    const tail = lowerTail(a, e);
    g = gelu(v, a, tail);
    slope = geluSlope(v, a, e, tail);
  }
  const received = loadFirst(dy, count);
  storeFirst(dx, multiplyAdd(loadFirst(dx, count), f32x4.mul(received, f32x4.splat(factor)), slope), count);
  storeFirst(dy, g, count);
  return f32x4.mul(received, g);
}
