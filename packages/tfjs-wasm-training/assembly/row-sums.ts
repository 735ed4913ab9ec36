// Sums along the rows of a matrix: sums[row] = factor · Σ x[row][column]. It serves Sum and Mean over the last axes, and over all.
//
// Loop order: rows → groups of 16 columns. Four vectors are added pair by pair in single precision, what follows is in double: the
// error does not grow with the length. 10⁶ times 0.1 has the mean 0.1, where one running sum in single precision has 0.101.
//
// Tried: double precision from the first addition on (a third slower on rows that are in the cache, and no better after rounding);
// sixteen running sums in single precision for blocks of 256 columns (no faster; equal numbers are then off by two last digits).

import { total } from './total';

export function rowSums(x: usize, sums: usize, rows: i32, columns: i32, factor: f64): void {
  if (columns < 16) {
    shortRowSums(x, sums, rows, columns, <f32>factor);
    return;
  }
  for (let row = 0; row < rows; row++, sums += 4) {
    let left = columns;
    let low = f64x2.splat(0), high = f64x2.splat(0);
    for (; left >= 16; left -= 16, x += 64) {
      const first = f32x4.add(v128.load(x), v128.load(x, 16));
      const second = f32x4.add(v128.load(x, 32), v128.load(x, 48));
      const all = f32x4.add(first, second);
      low = f64x2.add(low, f64x2.promote_low_f32x4(all));
      high = f64x2.add(high, f64x2.promote_low_f32x4(i32x4.shuffle(all, all, 2, 3, 0, 1)));
    }
    low = f64x2.add(low, high);
    let sum = f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1);
    for (; left > 0; left--, x += 4) sum += <f64>load<f32>(x);
    store<f32>(sums, <f32>(sum * factor));
  }
}

/** Rows of fewer than 16 numbers, in single precision: there is nothing to gain, and double takes twice as long. */
function shortRowSums(x: usize, sums: usize, rows: i32, columns: i32, factor: f32): void {
  const end = sums + (<usize>rows << 2);
  if (columns == 1) {
    for (; sums < end; sums += 4, x += 4) store<f32>(sums, load<f32>(x) * factor);
  } else if (columns == 2) {
    for (; sums < end; sums += 4, x += 8) store<f32>(sums, (load<f32>(x) + load<f32>(x, 4)) * factor);
  } else if (columns == 3) {
    for (; sums < end; sums += 4, x += 12) store<f32>(sums, (load<f32>(x) + load<f32>(x, 4) + load<f32>(x, 8)) * factor);
  } else {
    const vectors = columns >> 2;
    const rest = columns & 3;
    for (; sums < end; sums += 4) {
      let all = v128.load(x);
      x += 16;
      for (let i = 1; i < vectors; i++, x += 16) all = f32x4.add(all, v128.load(x));
      let sum = total(all);
      for (let i = 0; i < rest; i++, x += 4) sum += load<f32>(x);
      store<f32>(sums, sum * factor);
    }
  }
}
