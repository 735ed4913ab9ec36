// BatchNorm in training mode with its activation, forwards and backwards, over the rows of a matrix [rows][channels]:
//   z = x·scale + shift;  y = z, max(z, 0) or z·sigmoid(z)
// Of all that only x is kept for the gradient: z is computed anew, which costs less than reading it from memory.
//
// Loop order forwards: rows → tiles of 4 channels, as everything is in one stream. Backwards in two passes over blocks of rows:
// the first finds dz = dy·activation′(z), stores it and sums it up; the second combines dx = a·dz + b·x + c, with a, b, c a
// channel (found by the caller from the sums).

import { sigmoid } from './sigmoid';
import { loadFirst, multiplyAdd, storeFirst, zeros } from './simd';

const RELU: i32 = 1;
const SWISH: i32 = 2;
const ROW_BLOCK: i32 = 64;

// @ts-ignore: decorator
@inline
function activate(z: v128, activation: i32): v128 {
  if (activation == RELU) return f32x4.max(z, zeros());
  if (activation == SWISH) return f32x4.mul(z, sigmoid(z));
  return z;
}

/** dy · activation′(z) */
// @ts-ignore: decorator
@inline
function throughActivation(dy: v128, z: v128, activation: i32): v128 {
  if (activation == RELU) return v128.and(dy, f32x4.gt(z, zeros()));
  if (activation == SWISH) {
    const s = sigmoid(z);
    return f32x4.mul(dy, multiplyAdd(s, f32x4.mul(z, s), f32x4.sub(f32x4.splat(1), s)));
  }
  return dy;
}

// One loop for each activation: the choice is made outside of them.
export function normActivation(
  x: usize,
  y: usize,
  scale: usize,
  shift: usize,
  rows: i32,
  channels: i32,
  activation: i32,
): void {
  if (activation == SWISH) forward(x, y, scale, shift, rows, channels, SWISH);
  else if (activation == RELU) forward(x, y, scale, shift, rows, channels, RELU);
  else forward(x, y, scale, shift, rows, channels, 0);
}

// @ts-ignore: decorator
@inline
function forward(x: usize, y: usize, scale: usize, shift: usize, rows: i32, channels: i32, activation: i32): void {
  const whole = channels & ~3;
  const left = channels - whole;
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < whole; c += 4, x += 16, y += 16) {
      const at = <usize>c << 2;
      const z = multiplyAdd(v128.load(shift + at), v128.load(x), v128.load(scale + at));
      v128.store(y, activate(z, activation));
    }
    if (left > 0) {
      const at = <usize>whole << 2;
      const z = multiplyAdd(loadFirst(shift + at, left), loadFirst(x, left), loadFirst(scale + at, left));
      storeFirst(y, activate(z, activation), left);
      x += <usize>left << 2;
      y += <usize>left << 2;
    }
  }
}

/**
 * First pass backwards: dz, its sum and the sum of dz · (x − mean) a channel. Without an activation dz is dy and is not stored.
 */
export function normActivationSums(
  x: usize,
  dy: usize,
  dz: usize,
  mean: usize,
  scale: usize,
  shift: usize,
  sums: usize,
  products: usize,
  rows: i32,
  channels: i32,
  activation: i32,
): void {
  const rowBytes = <usize>channels << 2;
  memory.fill(sums, 0, rowBytes);
  memory.fill(products, 0, rowBytes);
  for (let first = 0; first < rows; first += ROW_BLOCK) {
    const count = min(rows - first, ROW_BLOCK);
    if (activation == SWISH) sumBlock(x, dy, dz, mean, scale, shift, sums, products, count, channels, SWISH);
    else if (activation == RELU) sumBlock(x, dy, dz, mean, scale, shift, sums, products, count, channels, RELU);
    else sumBlock(x, dy, dz, mean, scale, shift, sums, products, count, channels, 0);
    x += <usize>count * rowBytes;
    dy += <usize>count * rowBytes;
    dz += <usize>count * rowBytes;
  }
}

// @ts-ignore: decorator
@inline
function sumBlock(
  x: usize,
  dy: usize,
  dz: usize,
  mean: usize,
  scale: usize,
  shift: usize,
  sums: usize,
  products: usize,
  rows: i32,
  channels: i32,
  activation: i32,
): void {
  const rowBytes = <usize>channels << 2;
  let c = 0;
  for (; c + 8 <= channels; c += 8) {
    const at = <usize>c << 2;
    const m0 = v128.load(mean + at), m1 = v128.load(mean + at, 16);
    const a0 = v128.load(scale + at), a1 = v128.load(scale + at, 16);
    const o0 = v128.load(shift + at), o1 = v128.load(shift + at, 16);
    let s0 = zeros(), s1 = zeros(), p0 = zeros(), p1 = zeros();
    let offset = at;
    for (let i = 0; i < rows; i++, offset += rowBytes) {
      const x0 = v128.load(x + offset), x1 = v128.load(x + offset, 16);
      const d0 = throughActivation(v128.load(dy + offset), multiplyAdd(o0, x0, a0), activation);
      const d1 = throughActivation(v128.load(dy + offset, 16), multiplyAdd(o1, x1, a1), activation);
      if (activation != 0) {
        v128.store(dz + offset, d0);
        v128.store(dz + offset, d1, 16);
      }
      s0 = f32x4.add(s0, d0);
      s1 = f32x4.add(s1, d1);
      p0 = multiplyAdd(p0, d0, f32x4.sub(x0, m0));
      p1 = multiplyAdd(p1, d1, f32x4.sub(x1, m1));
    }
    v128.store(sums + at, f32x4.add(v128.load(sums + at), s0));
    v128.store(sums + at, f32x4.add(v128.load(sums + at, 16), s1), 16);
    v128.store(products + at, f32x4.add(v128.load(products + at), p0));
    v128.store(products + at, f32x4.add(v128.load(products + at, 16), p1), 16);
  }
  for (; c < channels; c += 4) {
    const at = <usize>c << 2;
    const left = channels - c;
    const m = loadFirst(mean + at, left), a = loadFirst(scale + at, left), o = loadFirst(shift + at, left);
    let s = zeros(), p = zeros();
    let offset = at;
    for (let i = 0; i < rows; i++, offset += rowBytes) {
      const value = loadFirst(x + offset, left);
      const d = throughActivation(loadFirst(dy + offset, left), multiplyAdd(o, value, a), activation);
      if (activation != 0) storeFirst(dz + offset, d, left);
      s = f32x4.add(s, d);
      p = multiplyAdd(p, d, f32x4.sub(value, m));
    }
    storeFirst(sums + at, f32x4.add(loadFirst(sums + at, left), s), left);
    storeFirst(products + at, f32x4.add(loadFirst(products + at, left), p), left);
  }
}

/** Second pass backwards: dx = a·dz + b·x + c. `dz` and `dx` may be the same. */
export function normCombine(
  x: usize,
  dz: usize,
  dx: usize,
  a: usize,
  b: usize,
  c: usize,
  rows: i32,
  channels: i32,
): void {
  const whole = channels & ~3;
  const left = channels - whole;
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0, end = <usize>whole << 2; at < end; at += 16, x += 16, dz += 16, dx += 16) {
      const rest = multiplyAdd(v128.load(c + at), v128.load(x), v128.load(b + at));
      v128.store(dx, multiplyAdd(rest, v128.load(dz), v128.load(a + at)));
    }
    if (left > 0) {
      const at = <usize>whole << 2;
      const rest = multiplyAdd(loadFirst(c + at, left), loadFirst(x, left), loadFirst(b + at, left));
      storeFirst(dx, multiplyAdd(rest, loadFirst(dz, left), loadFirst(a + at, left)), left);
      const bytes = <usize>left << 2;
      x += bytes;
      dz += bytes;
      dx += bytes;
    }
  }
}
