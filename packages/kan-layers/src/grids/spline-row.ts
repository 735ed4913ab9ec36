/**
 * The B-splines of one order at one x, in double precision: the order + 1 that can be other than 0 there. Half-open intervals;
 * everything is 0 outside the knots, and where knots coincide, as in the layer itself. Cox-de Boor.
 *
 * @param knots ascending
 * @param out order + 1 numbers; out[i] becomes the spline of index `first + i`
 * @returns `first`, so that first + order is never beyond the last spline
 */
export function splineRow(knots: Float64Array, order: number, x: number, out: Float64Array): number {
  const last = knots.length - 1;
  out.fill(0);
  if (!(x >= knots[0]! && x < knots[last]!)) return 0;
  const interval = findInterval(knots, x);
  const lowest = interval - order;
  out[order] = 1;
  for (let d = 1; d <= order; d++) {
    for (let j = interval - d; j <= interval; j++) {
      const i = j - lowest;
      if (j < 0 || j + d + 1 > last) {
        out[i] = 0;
        continue;
      }
      const rising = j > interval - d ? ratio(x - knots[j]!, knots[j + d]! - knots[j]!) * out[i]! : 0;
      const falling = j < interval ? ratio(knots[j + d + 1]! - x, knots[j + d + 1]! - knots[j + 1]!) * out[i + 1]! : 0;
      out[i] = rising + falling;
    }
  }
  // Near the ends of the knots some of the order + 1 do not exist; the window moves inwards.
  const first = Math.min(Math.max(lowest, 0), last - 2 * order - 1);
  const shift = first - lowest;
  if (shift > 0) {
    out.copyWithin(0, shift).fill(0, order + 1 - shift);
  } else if (shift < 0) {
    out.copyWithin(-shift, 0).fill(0, 0, -shift);
  }
  return first;
}

function ratio(a: number, b: number): number {
  return b > 0 ? a / b : 0;
}

/** The last m with knots[m] ≤ x, where x is known to be in [first knot, last knot). */
function findInterval(knots: Float64Array, x: number): number {
  let low = 0;
  let high = knots.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle]! <= x) low = middle;
    else high = middle;
  }
  return low;
}
