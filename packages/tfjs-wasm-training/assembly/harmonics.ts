// The functions cos x, sin x, cos 2x, sin 2x, … of KAN's Fourier series, and the gradient by x of what they are weighed with.
//
// Layout: basis[row][function][input], as in radial-basis.ts. Only the first pair is a cosine and a sine (of the angle less its whole
// turns); each further one is the last turned on by x, cos (k+1)x = cos kx·cos x − sin kx·sin x and so on: two multiplications and two
// multiply-adds, with an error that grows with k (not with k², as that of the recurrence z₊ = 2 cos x·z − z₋, which takes two): 2.1·10⁻⁷·k
// for |x| up to 10⁸, measured. The cosine of k·x rounded to float32, as PyTorch takes it, is no nearer to that of k times x.
//
// Loop order: rows → tiles of TILE inputs → harmonics → 4 inputs. The last pair is read back from the basis, where it lies in the
// first-level cache as the first one does. The gradient needs no slopes: the derivatives are the same functions.

import { cosine, sine } from './cosine';
import { loadFirst, multiplyAdd, multiplySubtract, storeFirst } from './simd';
import { wrapAngle } from './wrap-angle';

/** Inputs a tile: a kilobyte of each function, four of which are at work at once (and backwards three more). */
const TILE: i32 = 256;

/** @param pairs harmonics; there are twice as many functions */
export function harmonics(x: usize, basis: usize, rows: i32, pairs: i32, inputs: i32): void {
  const rowBytes = <usize>inputs << 2;
  for (let row = 0; row < rows; row++, x += rowBytes, basis += rowBytes * (pairs << 1)) {
    for (let first = 0; first < inputs; first += TILE) {
      const at = <usize>first << 2;
      tile(x + at, 0, basis + at, 0, rowBytes, pairs, min(inputs - first, TILE), false);
    }
  }
}

/** basis as above, and dx[row][input] = Σ over functions: dBasis · slope. */
export function harmonicsGradient(
  x: usize,
  dBasis: usize,
  basis: usize,
  dx: usize,
  rows: i32,
  pairs: i32,
  inputs: i32,
): void {
  const rowBytes = <usize>inputs << 2;
  const step = rowBytes * (pairs << 1);
  for (let row = 0; row < rows; row++, x += rowBytes, dx += rowBytes, basis += step, dBasis += step) {
    for (let first = 0; first < inputs; first += TILE) {
      const at = <usize>first << 2;
      tile(x + at, dBasis + at, basis + at, dx + at, rowBytes, pairs, min(inputs - first, TILE), true);
    }
  }
}

/** All functions of `count` inputs; with the gradient (a constant) its dx too. */
// @ts-ignore: decorator
@inline
function tile(
  x: usize,
  dBasis: usize,
  basis: usize,
  dx: usize,
  rowBytes: usize,
  pairs: i32,
  count: i32,
  gradient: bool,
): void {
  const whole = <usize>(count & ~3) << 2;
  const left = count & 3;
  for (let at: usize = 0; at < whole; at += 16) firstPair(x + at, dBasis + at, basis + at, dx + at, rowBytes, 4, gradient);
  if (left > 0) firstPair(x + whole, dBasis + whole, basis + whole, dx + whole, rowBytes, left, gradient);
  let last = basis;
  for (let k = 1; k < pairs; k++, last += rowBytes << 1) {
    dBasis += rowBytes << 1;
    const factor = f32x4.splat(<f32>(k + 1));
    for (let at: usize = 0; at < whole; at += 16) {
      nextPair(basis + at, last + at, dBasis + at, dx + at, rowBytes, factor, 4, gradient);
    }
    if (left > 0) nextPair(basis + whole, last + whole, dBasis + whole, dx + whole, rowBytes, factor, left, gradient);
  }
}

// @ts-ignore: decorator
@inline
function firstPair(
  x: usize,
  dBasis: usize,
  basis: usize,
  dx: usize,
  rowBytes: usize,
  count: i32,
  gradient: bool,
): void {
  const angle = wrapAngle(loadFirst(x, count));
  const c = cosine(angle), s = sine(angle);
  if (gradient) {
    const onSine = f32x4.mul(loadFirst(dBasis + rowBytes, count), c);
    storeFirst(dx, multiplySubtract(onSine, loadFirst(dBasis, count), s), count);
  }
  storeFirst(basis, c, count);
  storeFirst(basis + rowBytes, s, count);
}

/** The pair behind `last`; `first` is the pair of the angle itself, `factor` the number of the new one. */
// @ts-ignore: decorator
@inline
function nextPair(
  first: usize,
  last: usize,
  dBasis: usize,
  dx: usize,
  rowBytes: usize,
  factor: v128,
  count: i32,
  gradient: bool,
): void {
  const cos = loadFirst(first, count), sin = loadFirst(first + rowBytes, count);
  const c = loadFirst(last, count), s = loadFirst(last + rowBytes, count);
  const nextC = multiplySubtract(f32x4.mul(c, cos), s, sin);
  const nextS = multiplyAdd(f32x4.mul(s, cos), c, sin);
  if (gradient) {
    const onSine = f32x4.mul(loadFirst(dBasis + rowBytes, count), nextC);
    const slope = multiplySubtract(onSine, loadFirst(dBasis, count), nextS);
    storeFirst(dx, multiplyAdd(loadFirst(dx, count), factor, slope), count);
  }
  const next = last + (rowBytes << 1);
  storeFirst(next, nextC, count);
  storeFirst(next + rowBytes, nextS, count);
}
