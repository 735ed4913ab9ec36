// BatchNorm in training mode with its activation, forwards and backwards, over the rows of a matrix [rows][channels]:
//   z = x·scale + shift;  y = z, max(z, 0) or z·sigmoid(z)
// Of all that only x is kept for the gradient: z is computed anew, which costs less than reading it from memory.
//
// Loop order forwards: rows → tiles of 4 channels, as everything is in one stream. Backwards in two passes: the first finds
// dz = dy·activation′(z), stores it and sums it up; the second combines dx = a·dz + b·x + c, with a, b, c a channel (found by
// the caller from the sums). The first goes by blocks that fit into the first-level cache, and over each block twice: once
// along the rows for dz, once down the columns for the sums. Milliseconds for x of [65536, 96], swish / relu, one core:
//   8 channels down 64 rows at once, dz and sums together    13.3 /  –    (within a network; half of each cache line)
//   4 rows side by side, sums in memory                      10.5 / 8.1   (12 streams are too many)
//   1 row, sums in memory                                     9.2 / 6.0
//   two passes over a block (this one)                                7.0 / 4.6

import { reluGate } from './relu-gradient';
import { sigmoid } from './sigmoid';
import { loadFirst, multiplyAdd, storeFirst, zeros } from './simd';

const RELU: i32 = 1;
const SWISH: i32 = 2;
/** Floats of a block: with x, dy and dz of a block in it, the first-level cache has room to spare. */
const BLOCK_FLOATS: i32 = 2048;

// @ts-ignore: decorator
@inline
function activate(z: v128, activation: i32): v128 {
  if (activation == RELU) return f32x4.pmax(z, zeros()); // keeps NaN in this order
  if (activation == SWISH) return f32x4.mul(z, sigmoid(z));
  return z;
}

/** dy · activation′(z) */
// @ts-ignore: decorator
@inline
function throughActivation(dy: v128, z: v128, activation: i32): v128 {
  if (activation == RELU) return f32x4.mul(dy, reluGate(z, f32x4.splat(Infinity)));
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
  const blockRows = max(BLOCK_FLOATS / channels, 4);
  memory.fill(sums, 0, rowBytes);
  memory.fill(products, 0, rowBytes);
  for (let first = 0; first < rows; first += blockRows) {
    const count = min(rows - first, blockRows);
    if (activation == SWISH) backward(x, dy, dz, scale, shift, count, channels, SWISH);
    else if (activation == RELU) backward(x, dy, dz, scale, shift, count, channels, RELU);
    addSums(x, dz, mean, sums, products, count, channels);
    x += <usize>count * rowBytes;
    dy += <usize>count * rowBytes;
    dz += <usize>count * rowBytes;
  }
}

/** dz of a block, in one stream. */
// @ts-ignore: decorator
@inline
function backward(x: usize, dy: usize, dz: usize, scale: usize, shift: usize, rows: i32, channels: i32, activation: i32): void {
  const whole = channels & ~3;
  const left = channels - whole;
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0, end = <usize>whole << 2; at < end; at += 16, x += 16, dy += 16, dz += 16) {
      const z = multiplyAdd(v128.load(shift + at), v128.load(x), v128.load(scale + at));
      v128.store(dz, throughActivation(v128.load(dy), z, activation));
    }
    if (left > 0) {
      const at = <usize>whole << 2;
      const z = multiplyAdd(loadFirst(shift + at, left), loadFirst(x, left), loadFirst(scale + at, left));
      storeFirst(dz, throughActivation(loadFirst(dy, left), z, activation), left);
      const bytes = <usize>left << 2;
      x += bytes;
      dy += bytes;
      dz += bytes;
    }
  }
}

/** Adds a block's sums of dz and of dz · (x − mean); the block is in the first-level cache, so columns are walked. */
function addSums(x: usize, dz: usize, mean: usize, sums: usize, products: usize, rows: i32, channels: i32): void {
  const rowBytes = <usize>channels << 2;
  let c = 0;
  for (; c + 8 <= channels; c += 8) {
    const at = <usize>c << 2;
    const m0 = v128.load(mean + at), m1 = v128.load(mean + at, 16);
    let s0 = zeros(), s1 = zeros(), p0 = zeros(), p1 = zeros();
    let offset = at;
    for (let i = 0; i < rows; i++, offset += rowBytes) {
      const d0 = v128.load(dz + offset), d1 = v128.load(dz + offset, 16);
      s0 = f32x4.add(s0, d0);
      s1 = f32x4.add(s1, d1);
      p0 = multiplyAdd(p0, d0, f32x4.sub(v128.load(x + offset), m0));
      p1 = multiplyAdd(p1, d1, f32x4.sub(v128.load(x + offset, 16), m1));
    }
    v128.store(sums + at, f32x4.add(v128.load(sums + at), s0));
    v128.store(sums + at, f32x4.add(v128.load(sums + at, 16), s1), 16);
    v128.store(products + at, f32x4.add(v128.load(products + at), p0));
    v128.store(products + at, f32x4.add(v128.load(products + at, 16), p1), 16);
  }
  for (; c < channels; c += 4) {
    const at = <usize>c << 2;
    const left = channels - c;
    const m = loadFirst(mean + at, left);
    let s = zeros(), p = zeros();
    let offset = at;
    for (let i = 0; i < rows; i++, offset += rowBytes) {
      const d = loadFirst(dz + offset, left);
      s = f32x4.add(s, d);
      p = multiplyAdd(p, d, f32x4.sub(loadFirst(x + offset, left), m));
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
