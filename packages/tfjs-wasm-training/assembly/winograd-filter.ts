// The transforms of filters: 3 × 3 weights w → G w Gᵀ (36 positions), and back for the filter gradient: Gᵀ u G.
// Four channels a vector. Done once a call; for 64 × 256 channels it costs as much as some 30 tiles.

import { multiplyAdd } from './simd';
import { FAR, NEAR, POSITIONS } from './winograd-tiles';

const ZERO_SCALE: f32 = 1 / (NEAR * NEAR * FAR * FAR);
const NEAR_SCALE: f32 = 1 / (2 * NEAR * NEAR * (NEAR * NEAR - FAR * FAR));
const FAR_SCALE: f32 = 1 / (2 * FAR * FAR * (FAR * FAR - NEAR * NEAR));

/** `filter[tap][reduced][out]` → `packed[position][panel][reduced][8]`; `out` a multiple of 4. */
export function winogradPackColumns(
  filter: usize,
  packed: usize,
  positionBytes: usize,
  reduced: i32,
  out: i32,
  temporary: usize,
): void {
  const tapBytes = <usize>(reduced * out) << 2;
  for (let n = 0; n < out; n += 4) {
    let to = packed + (<usize>((n >> 3) * reduced) << 5) + (<usize>(n & 4) << 2);
    for (let k = 0; k < reduced; k++, to += 32) {
      transformFilter(filter + (<usize>(k * out + n) << 2), tapBytes, to, positionBytes, temporary);
    }
  }
  if (out & 4) clearLastHalf(packed, positionBytes, reduced, out);
}

/**
 * `filter[tap][out][reduced]` → `packed[position][panel][reduced][8]` with the taps in reverse order: the filter of the
 * convolution that is the input gradient. Both channel counts multiples of 4.
 */
export function winogradPackRows(
  filter: usize,
  packed: usize,
  positionBytes: usize,
  out: i32,
  reduced: i32,
  temporary: usize,
): void {
  const tapBytes = <usize>(reduced * out) << 2;
  const rowBytes = <usize>reduced << 2;
  const turned = temporary + 576;
  for (let n = 0; n < out; n += 4) {
    let to = packed + (<usize>((n >> 3) * reduced) << 5) + (<usize>(n & 4) << 2);
    for (let k = 0; k < reduced; k += 4) {
      let from = filter + (<usize>(n * reduced + k) << 2);
      for (let tap = 8; tap >= 0; tap--, from += tapBytes) turn(from, rowBytes, turned + (<usize>tap << 4), 144);
      for (let i: usize = 0; i < 4; i++, to += 32) transformFilter(turned + i * 144, 16, to, positionBytes, temporary);
    }
  }
  if (out & 4) clearLastHalf(packed, positionBytes, reduced, out);
}

/** Transposes 4 × 4 floats. */
// @ts-ignore: decorator
@inline
function turn(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const a = v128.load(from), b = v128.load(from + fromBytes);
  const c = v128.load(from + 2 * fromBytes), d = v128.load(from + 3 * fromBytes);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + toBytes, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(to + 2 * toBytes, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5));
  v128.store(to + 3 * toBytes, v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7));
}

/** Zeros where the last panel sticks out by 4 columns. */
function clearLastHalf(packed: usize, positionBytes: usize, reduced: i32, out: i32): void {
  for (let position = 0; position < POSITIONS; position++, packed += positionBytes) {
    let to = packed + (<usize>((out >> 3) * reduced) << 5) + 16;
    for (let k = 0; k < reduced; k++, to += 32) v128.store(to, f32x4.splat(0));
  }
}

function transformFilter(from: usize, tapBytes: usize, to: usize, positionBytes: usize, temporary: usize): void {
  for (let column: usize = 0; column < 3; column++) {
    const at = from + column * tapBytes;
    filterLine(
      v128.load(at), v128.load(at + 3 * tapBytes), v128.load(at + 6 * tapBytes),
      temporary + (column << 4), 48,
    );
  }
  const end = temporary + 288;
  for (let row = temporary; row < end; row += 48, to += 6 * positionBytes) {
    filterLine(v128.load(row), v128.load(row, 16), v128.load(row, 32), to, positionBytes);
  }
}

/** G w for three vectors. */
// @ts-ignore: decorator
@inline
function filterLine(w0: v128, w1: v128, w2: v128, to: usize, step: usize): void {
  v128.store(to, f32x4.mul(w0, f32x4.splat(ZERO_SCALE)));
  let even = f32x4.mul(multiplyAdd(w0, w2, f32x4.splat(NEAR * NEAR)), f32x4.splat(NEAR_SCALE));
  let odd = f32x4.mul(w1, f32x4.splat(NEAR * NEAR_SCALE));
  v128.store(to + step, f32x4.add(even, odd));
  v128.store(to + 2 * step, f32x4.sub(even, odd));
  even = f32x4.mul(multiplyAdd(w0, w2, f32x4.splat(FAR * FAR)), f32x4.splat(FAR_SCALE));
  odd = f32x4.mul(w1, f32x4.splat(FAR * FAR_SCALE));
  v128.store(to + 3 * step, f32x4.add(even, odd));
  v128.store(to + 4 * step, f32x4.sub(even, odd));
  v128.store(to + 5 * step, w2);
}

/** `sums[position][row]` → `filterGradient[tap][row]`, rows of `rowLength` floats (a multiple of 4). */
export function filterFromPositions(
  sums: usize,
  positionBytes: usize,
  filterGradient: usize,
  length: i32,
  temporary: usize,
): void {
  const tapBytes = <usize>length << 2;
  for (let i = 0; i < length; i += 4, sums += 16, filterGradient += 16) {
    for (let column: usize = 0; column < 6; column++) {
      backLine(sums + column * positionBytes, 6 * positionBytes, temporary + (column << 4), 96);
    }
    for (let row: usize = 0; row < 3; row++) {
      backLine(temporary + row * 96, 16, filterGradient + 3 * row * tapBytes, tapBytes);
    }
  }
}

/** Gᵀ u for six vectors. */
// @ts-ignore: decorator
@inline
function backLine(from: usize, fromStep: usize, to: usize, step: usize): void {
  const u1 = v128.load(from + fromStep), u2 = v128.load(from + 2 * fromStep);
  const u3 = v128.load(from + 3 * fromStep), u4 = v128.load(from + 4 * fromStep);
  const near = f32x4.mul(f32x4.add(u1, u2), f32x4.splat(NEAR_SCALE));
  const far = f32x4.mul(f32x4.add(u3, u4), f32x4.splat(FAR_SCALE));
  const nearOdd = f32x4.mul(f32x4.sub(u1, u2), f32x4.splat(NEAR * NEAR_SCALE));
  v128.store(to, multiplyAdd(f32x4.add(near, far), v128.load(from), f32x4.splat(ZERO_SCALE)));
  v128.store(to + step, multiplyAdd(nearOdd, f32x4.sub(u3, u4), f32x4.splat(FAR * FAR_SCALE)));
  const ends = multiplyAdd(v128.load(from + 5 * fromStep), near, f32x4.splat(NEAR * NEAR));
  v128.store(to + 2 * step, multiplyAdd(ends, far, f32x4.splat(FAR * FAR)));
}
