// The inner loop of everything that is a matrix product: a register tile of 6 rows × 8 columns.
//
//   out[0..6][0..8] = Σ over taps, Σ over k:  row_tap[i][k] · packed[tap][k][0..8]
//
// 12 accumulators, 2 registers for the 8 weights and 1 for the broadcast input are 15 of the 16 vector registers of
// x86-64, all that V8 hands out. Each k costs 8 loads and 12 multiply-adds. The loop over k is written out 4 times so
// that 6 pointer steps serve 4 k (AssemblyScript has no macros, and inlined functions cannot change their caller's
// variables). The sources of the rows come as pointers (see row-pointers.ts), so no im2col copy is ever made. A tap
// for which all 6 rows are zeros is skipped: at the image's edge, and for most taps of a strided input gradient.

import { multiplyAdd, loadFirst, storeFirst, zeros } from './simd';

/** What happens to the tile when it is written: bits of the `flags` argument. */
export const RELU: i32 = 1;
export const ACCUMULATE: i32 = 2;
export const RELU6: i32 = 4;

/**
 * @param taps number of row groups
 * @param pointers table of row addresses, 6 read a tap
 * @param tapBytes distance of two taps in the table
 * @param depth length of a row (k)
 * @param packed weights of this panel, see pack-weights.ts
 * @param out first element of the tile
 * @param outBytes distance of two rows of the output
 * @param rows how many of the 6 rows to store
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
  let l0 = left, l1 = left, l2 = left, l3 = left, l4 = left, l5 = left;
  let r0 = right, r1 = right, r2 = right, r3 = right, r4 = right, r5 = right;
  for (let tap = 0; tap < taps; tap++, pointers += tapBytes) {
    let a0 = <usize>load<u32>(pointers);
    let a1 = <usize>load<u32>(pointers, 4);
    let a2 = <usize>load<u32>(pointers, 8);
    let a3 = <usize>load<u32>(pointers, 12);
    let a4 = <usize>load<u32>(pointers, 16);
    let a5 = <usize>load<u32>(pointers, 20);
    if (!((a0 ^ zeroRow) | (a1 ^ zeroRow) | (a2 ^ zeroRow) | (a3 ^ zeroRow) | (a4 ^ zeroRow) | (a5 ^ zeroRow))) {
      packed += <usize>depth << 5;
      continue;
    }
    let k = depth;
    for (; k >= 4; k -= 4) {
      let w0 = v128.load(packed), w1 = v128.load(packed, 16), s = v128.load32_splat(a0);
      l0 = multiplyAdd(l0, s, w0); r0 = multiplyAdd(r0, s, w1);
      s = v128.load32_splat(a1); l1 = multiplyAdd(l1, s, w0); r1 = multiplyAdd(r1, s, w1);
      s = v128.load32_splat(a2); l2 = multiplyAdd(l2, s, w0); r2 = multiplyAdd(r2, s, w1);
      s = v128.load32_splat(a3); l3 = multiplyAdd(l3, s, w0); r3 = multiplyAdd(r3, s, w1);
      s = v128.load32_splat(a4); l4 = multiplyAdd(l4, s, w0); r4 = multiplyAdd(r4, s, w1);
      s = v128.load32_splat(a5); l5 = multiplyAdd(l5, s, w0); r5 = multiplyAdd(r5, s, w1);

      w0 = v128.load(packed, 32); w1 = v128.load(packed, 48);
      s = v128.load32_splat(a0, 4); l0 = multiplyAdd(l0, s, w0); r0 = multiplyAdd(r0, s, w1);
      s = v128.load32_splat(a1, 4); l1 = multiplyAdd(l1, s, w0); r1 = multiplyAdd(r1, s, w1);
      s = v128.load32_splat(a2, 4); l2 = multiplyAdd(l2, s, w0); r2 = multiplyAdd(r2, s, w1);
      s = v128.load32_splat(a3, 4); l3 = multiplyAdd(l3, s, w0); r3 = multiplyAdd(r3, s, w1);
      s = v128.load32_splat(a4, 4); l4 = multiplyAdd(l4, s, w0); r4 = multiplyAdd(r4, s, w1);
      s = v128.load32_splat(a5, 4); l5 = multiplyAdd(l5, s, w0); r5 = multiplyAdd(r5, s, w1);

      w0 = v128.load(packed, 64); w1 = v128.load(packed, 80);
      s = v128.load32_splat(a0, 8); l0 = multiplyAdd(l0, s, w0); r0 = multiplyAdd(r0, s, w1);
      s = v128.load32_splat(a1, 8); l1 = multiplyAdd(l1, s, w0); r1 = multiplyAdd(r1, s, w1);
      s = v128.load32_splat(a2, 8); l2 = multiplyAdd(l2, s, w0); r2 = multiplyAdd(r2, s, w1);
      s = v128.load32_splat(a3, 8); l3 = multiplyAdd(l3, s, w0); r3 = multiplyAdd(r3, s, w1);
      s = v128.load32_splat(a4, 8); l4 = multiplyAdd(l4, s, w0); r4 = multiplyAdd(r4, s, w1);
      s = v128.load32_splat(a5, 8); l5 = multiplyAdd(l5, s, w0); r5 = multiplyAdd(r5, s, w1);

      w0 = v128.load(packed, 96); w1 = v128.load(packed, 112);
      s = v128.load32_splat(a0, 12); l0 = multiplyAdd(l0, s, w0); r0 = multiplyAdd(r0, s, w1);
      s = v128.load32_splat(a1, 12); l1 = multiplyAdd(l1, s, w0); r1 = multiplyAdd(r1, s, w1);
      s = v128.load32_splat(a2, 12); l2 = multiplyAdd(l2, s, w0); r2 = multiplyAdd(r2, s, w1);
      s = v128.load32_splat(a3, 12); l3 = multiplyAdd(l3, s, w0); r3 = multiplyAdd(r3, s, w1);
      s = v128.load32_splat(a4, 12); l4 = multiplyAdd(l4, s, w0); r4 = multiplyAdd(r4, s, w1);
      s = v128.load32_splat(a5, 12); l5 = multiplyAdd(l5, s, w0); r5 = multiplyAdd(r5, s, w1);

      packed += 128;
      a0 += 16; a1 += 16; a2 += 16; a3 += 16; a4 += 16; a5 += 16;
    }
    for (; k > 0; k--) {
      const w0 = v128.load(packed), w1 = v128.load(packed, 16);
      let s = v128.load32_splat(a0); l0 = multiplyAdd(l0, s, w0); r0 = multiplyAdd(r0, s, w1);
      s = v128.load32_splat(a1); l1 = multiplyAdd(l1, s, w0); r1 = multiplyAdd(r1, s, w1);
      s = v128.load32_splat(a2); l2 = multiplyAdd(l2, s, w0); r2 = multiplyAdd(r2, s, w1);
      s = v128.load32_splat(a3); l3 = multiplyAdd(l3, s, w0); r3 = multiplyAdd(r3, s, w1);
      s = v128.load32_splat(a4); l4 = multiplyAdd(l4, s, w0); r4 = multiplyAdd(r4, s, w1);
      s = v128.load32_splat(a5); l5 = multiplyAdd(l5, s, w0); r5 = multiplyAdd(r5, s, w1);
      packed += 32;
      a0 += 4; a1 += 4; a2 += 4; a3 += 4; a4 += 4; a5 += 4;
    }
  }
  storeRow(out, l0, r0, columns, flags);
  if (rows > 1) storeRow(out + outBytes, l1, r1, columns, flags);
  if (rows > 2) storeRow(out + outBytes * 2, l2, r2, columns, flags);
  if (rows > 3) storeRow(out + outBytes * 3, l3, r3, columns, flags);
  if (rows > 4) storeRow(out + outBytes * 4, l4, r4, columns, flags);
  if (rows > 5) storeRow(out + outBytes * 5, l5, r5, columns, flags);
}

/** One row of a tile to memory, `columns` (1 to 8) floats of it, as `flags` say. */
function storeRow(at: usize, left: v128, right: v128, columns: i32, flags: i32): void {
  if (flags & ACCUMULATE) {
    left = f32x4.add(left, loadFirst(at, columns));
    if (columns > 4) right = f32x4.add(right, loadFirst(at + 16, columns - 4));
  }
  if (flags & (RELU | RELU6)) {
    left = f32x4.max(left, zeros());
    right = f32x4.max(right, zeros());
    if (flags & RELU6) {
      left = f32x4.min(left, f32x4.splat(6));
      right = f32x4.min(right, f32x4.splat(6));
    }
  }
  storeFirst(at, left, columns);
  if (columns > 4) storeFirst(at + 16, right, columns - 4);
}
