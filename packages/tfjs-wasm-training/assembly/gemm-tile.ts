// The inner loop of everything that is a matrix product: a register tile of 4 rows × 8 columns.
//
//   out[0..4][0..8] = Σ over taps, Σ over k:  row_tap[i][k] · packed[tap][k][0..8]
//
// 8 accumulators, 2 registers for the weights and 4 for the broadcast inputs are 14 of the 15 vector registers that V8
// hands out on x86-64. Each k costs 6 loads and 8 multiply-adds. The sources of the rows come as pointers (see
// row-pointers.ts), so no im2col copy is ever made. A tap for which all 4 rows are zeros is skipped: at the image's edge,
// and for most taps of a strided input gradient.
//
// Tried, 256 k on one core of an AMD EPYC (Milan, 47 GFLOP/s at most), Node 20, GFLOP/s with / without relaxed SIMD:
//   4 × 8, end by address (this one)    45.2 / 30.2
//   4 × 8, 2 k a turn                   41.2 / 26.6
//   5 × 8                               42.8 / 29.5
//   6 × 8                               42.1 / 25.0
//   6 × 8, 4 k a turn                   32.7 / 25.3
//   5 × 8, rows interleaved beforehand  48.6 / 37.4   (not counting that copy)
// The larger tiles need fewer loads on paper, but V8 moves all loads of a turn to its front, runs out of registers and
// spills accumulators inside the loop.

import { loadFirst, multiplyAdd, storeFirst, zeros } from './simd';

/** What happens to the tile when it is written: bits of the `flags` argument. */
export const RELU: i32 = 1;
export const RELU6: i32 = 2;
/** The tile is added to what stands there already. */
export const ADD: i32 = 4;

/**
 * @param taps number of row groups
 * @param pointers table of row addresses, 4 read a tap
 * @param tapBytes distance of two taps in the table
 * @param depth length of a row (k)
 * @param packed weights of this panel, see pack-weights.ts
 * @param out first element of the tile
 * @param outBytes distance of two rows of the output
 * @param rows how many of the 4 rows to store
 * @param columns how many of the 8 columns to store
 * @param bias 8 floats to start from, or 0 for none
 */
export function gemmTile(
  taps: i32,
  pointers: usize,
  tapBytes: usize,
  depth: i32,
  packed: usize,
  out: usize,
  outBytes: usize,
  rows: i32,
  columns: i32,
  bias: usize,
  flags: i32,
  zeroRow: usize,
): void {
  let left = zeros();
  let right = zeros();
  if (bias) {
    left = v128.load(bias);
    right = v128.load(bias, 16);
  }
  let l0 = left, l1 = left, l2 = left, l3 = left;
  let r0 = right, r1 = right, r2 = right, r3 = right;
  for (let tap = 0; tap < taps; tap++, pointers += tapBytes) {
    let a0 = <usize>load<u32>(pointers);
    let a1 = <usize>load<u32>(pointers, 4);
    let a2 = <usize>load<u32>(pointers, 8);
    let a3 = <usize>load<u32>(pointers, 12);
    const end = packed + (<usize>depth << 5);
    if (!((a0 ^ zeroRow) | (a1 ^ zeroRow) | (a2 ^ zeroRow) | (a3 ^ zeroRow))) {
      packed = end;
      continue;
    }
    while (packed != end) {
      const w0 = v128.load(packed), w1 = v128.load(packed, 16);
      let s = v128.load32_splat(a0); l0 = multiplyAdd(l0, s, w0); r0 = multiplyAdd(r0, s, w1);
      s = v128.load32_splat(a1); l1 = multiplyAdd(l1, s, w0); r1 = multiplyAdd(r1, s, w1);
      s = v128.load32_splat(a2); l2 = multiplyAdd(l2, s, w0); r2 = multiplyAdd(r2, s, w1);
      s = v128.load32_splat(a3); l3 = multiplyAdd(l3, s, w0); r3 = multiplyAdd(r3, s, w1);
      packed += 32;
      a0 += 4; a1 += 4; a2 += 4; a3 += 4;
    }
  }
  if (flags & (RELU | RELU6)) {
    l0 = clip(l0, flags); l1 = clip(l1, flags); l2 = clip(l2, flags); l3 = clip(l3, flags);
    r0 = clip(r0, flags); r1 = clip(r1, flags); r2 = clip(r2, flags); r3 = clip(r3, flags);
  }
  const out1 = out + outBytes;
  const out2 = out1 + outBytes;
  const out3 = out2 + outBytes;
  if (flags & ADD) {
    l0 = plusFirst(out, l0, columns); r0 = plusFirst(out + 16, r0, columns - 4);
    if (rows > 1) { l1 = plusFirst(out1, l1, columns); r1 = plusFirst(out1 + 16, r1, columns - 4); }
    if (rows > 2) { l2 = plusFirst(out2, l2, columns); r2 = plusFirst(out2 + 16, r2, columns - 4); }
    if (rows > 3) { l3 = plusFirst(out3, l3, columns); r3 = plusFirst(out3 + 16, r3, columns - 4); }
  }
  if (rows == 4 && columns == 8) {
    v128.store(out, l0); v128.store(out, r0, 16);
    v128.store(out1, l1); v128.store(out1, r1, 16);
    v128.store(out2, l2); v128.store(out2, r2, 16);
    v128.store(out3, l3); v128.store(out3, r3, 16);
    return;
  }
  storeRow(out, l0, r0, columns);
  if (rows > 1) storeRow(out1, l1, r1, columns);
  if (rows > 2) storeRow(out2, l2, r2, columns);
  if (rows > 3) storeRow(out3, l3, r3, columns);
}

/**
 * The same for one tap and whole panels: all tiles of a block of rows, 4 after 4, so that what is the same for each of them
 * is done once. With sums of 16 to 40 products, as in the first blocks of a network, a call for each tile costs a quarter:
 * GFLOP/s with / without it [65536 rows, 16 → 96] 46 / 35, [16384, 24 → 144] 52 / 43, [1024, 112 → 672] 55 / 52.
 *
 * @param rows whole tiles only: a multiple of 4
 */
export function gemmPanel(
  pointers: usize,
  depth: i32,
  packed: usize,
  out: usize,
  outBytes: usize,
  rows: i32,
  bias: usize,
  flags: i32,
): void {
  const left = bias ? v128.load(bias) : zeros();
  const right = bias ? v128.load(bias, 16) : zeros();
  const end = packed + (<usize>depth << 5);
  const activated = (flags & (RELU | RELU6)) != 0;
  for (const last = pointers + (<usize>rows << 2); pointers != last; pointers += 16, out += outBytes << 2) {
    let a0 = <usize>load<u32>(pointers);
    let a1 = <usize>load<u32>(pointers, 4);
    let a2 = <usize>load<u32>(pointers, 8);
    let a3 = <usize>load<u32>(pointers, 12);
    let l0 = left, l1 = left, l2 = left, l3 = left;
    let r0 = right, r1 = right, r2 = right, r3 = right;
    for (let at = packed; at != end; at += 32, a0 += 4, a1 += 4, a2 += 4, a3 += 4) {
      const w0 = v128.load(at), w1 = v128.load(at, 16);
      let s = v128.load32_splat(a0); l0 = multiplyAdd(l0, s, w0); r0 = multiplyAdd(r0, s, w1);
      s = v128.load32_splat(a1); l1 = multiplyAdd(l1, s, w0); r1 = multiplyAdd(r1, s, w1);
      s = v128.load32_splat(a2); l2 = multiplyAdd(l2, s, w0); r2 = multiplyAdd(r2, s, w1);
      s = v128.load32_splat(a3); l3 = multiplyAdd(l3, s, w0); r3 = multiplyAdd(r3, s, w1);
    }
    if (activated) {
      l0 = clip(l0, flags); l1 = clip(l1, flags); l2 = clip(l2, flags); l3 = clip(l3, flags);
      r0 = clip(r0, flags); r1 = clip(r1, flags); r2 = clip(r2, flags); r3 = clip(r3, flags);
    }
    v128.store(out, l0); v128.store(out, r0, 16);
    const out1 = out + outBytes;
    v128.store(out1, l1); v128.store(out1, r1, 16);
    const out2 = out1 + outBytes;
    v128.store(out2, l2); v128.store(out2, r2, 16);
    const out3 = out2 + outBytes;
    v128.store(out3, l3); v128.store(out3, r3, 16);
  }
}

/** The activation that the flags ask for (one of them must be set). */
// @ts-ignore: decorator
@inline
export function clip(value: v128, flags: i32): v128 {
  // pmax and pmin are one instruction each (max and min six), and in this order of arguments they keep NaN.
  const positive = f32x4.pmax(value, zeros());
  return flags & RELU6 ? f32x4.pmin(positive, f32x4.splat(6)) : positive;
}

/** `value` plus the first `count` floats at `at`; with none (count ≤ 0) the value itself. */
// @ts-ignore: decorator
@inline
function plusFirst(at: usize, value: v128, count: i32): v128 {
  return count > 0 ? f32x4.add(value, loadFirst(at, count)) : value;
}

/** One row at the right or lower edge of the output: `columns` (1 to 8) floats of it. */
function storeRow(at: usize, left: v128, right: v128, columns: i32): void {
  storeFirst(at, left, columns);
  if (columns > 4) storeFirst(at + 16, right, columns - 4);
}
