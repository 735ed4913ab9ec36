// Sums of the rows that belong together: the gradient of an embedding, and of every other gather.
//
// Rows are first put in order by their segment (counted, then placed), so that each result is written once and added up in
// double precision: a word that stands 10⁶ times in a batch would lose digits in single precision. Rows of no segment
// (a negative number, or one too large) are left out, as on the cpu backend.

/**
 * @param values [rows][columns]
 * @param segments `rows` numbers of segments, int32
 * @param sums [count][columns]
 * @param starts count + 1 integers, `order` one for each row: scratch
 */
export function segmentSums(
  values: usize, segments: usize, sums: usize, rows: i32, columns: i32, count: i32, starts: usize, order: usize,
): void {
  orderRows(segments, rows, count, starts, order);
  for (let segment = 0; segment < count; segment++) {
    const from = order + (<usize>load<i32>(starts + (<usize>segment << 2)) << 2);
    const to = order + (<usize>load<i32>(starts + (<usize>segment << 2), 4) << 2);
    let column = 0;
    for (; column + 4 <= columns; column += 4, sums += 16) {
      let low = f64x2.splat(0), high = f64x2.splat(0);
      for (let at = from; at != to; at += 4) {
        const row = v128.load(values + ((<usize>load<i32>(at) * columns + column) << 2));
        low = f64x2.add(low, f64x2.promote_low_f32x4(row));
        high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(row, row, 2, 3, 2, 3)));
      }
      const first = f32x4.demote_f64x2_zero(low), second = f32x4.demote_f64x2_zero(high);
      v128.store(sums, v128.shuffle<f32>(first, second, 0, 1, 4, 5));
    }
    for (; column < columns; column++, sums += 4) {
      let sum: f64 = 0;
      for (let at = from; at != to; at += 4) sum += <f64>load<f32>(values + ((<usize>load<i32>(at) * columns + column) << 2));
      store<f32>(sums, <f32>sum);
    }
  }
}

/** The same for integers. */
export function segmentSumsOfIntegers(values: usize, segments: usize, sums: usize, rows: i32, columns: i32, count: i32): void {
  const rowBytes = <usize>columns << 2;
  memory.fill(sums, 0, <usize>count * rowBytes);
  for (let row = 0; row < rows; row++, values += rowBytes) {
    const segment = load<i32>(segments + (<usize>row << 2));
    if (<u32>segment >= <u32>count) continue;
    const to = sums + <usize>segment * rowBytes;
    for (let c: usize = 0; c < rowBytes; c += 4) store<i32>(to + c, load<i32>(to + c) + load<i32>(values + c));
  }
}

/** The rows of segment s are order[starts[s]] … order[starts[s + 1] − 1], in their order. */
function orderRows(segments: usize, rows: i32, count: i32, starts: usize, order: usize): void {
  memory.fill(starts, 0, (<usize>count + 1) << 2);
  for (let row = 0; row < rows; row++) {
    const segment = load<i32>(segments + (<usize>row << 2));
    if (<u32>segment < <u32>count) step(starts + (<usize>segment << 2), 1);
  }
  let end = 0;
  for (let at = starts, last = starts + (<usize>count << 2); at <= last; at += 4) {
    end += load<i32>(at);
    store<i32>(at, end);
  }
  // From behind, so that each start comes down to where its rows begin.
  for (let row = rows - 1; row >= 0; row--) {
    const segment = load<i32>(segments + (<usize>row << 2));
    if (<u32>segment >= <u32>count) continue;
    const at = starts + (<usize>segment << 2);
    step(at, -1);
    store<i32>(order + (<usize>load<i32>(at) << 2), row);
  }
}

// @ts-ignore: decorator
@inline
function step(at: usize, by: i32): void {
  store<i32>(at, load<i32>(at) + by);
}
