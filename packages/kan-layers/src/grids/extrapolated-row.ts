import { type Extrapolation, edgeInset } from './extrapolation.js';
import { splineRow } from './spline-row.js';

/** {@link splineRow} continued beyond the grid's range as the layer continues it: the same window of order + 1 numbers. */
export function extrapolatedRow(
  knots: Float64Array,
  order: number,
  x: number,
  extrapolation: Extrapolation,
  out: Float64Array,
): number {
  if (extrapolation === 'zero') return splineRow(knots, order, x, out);
  const bottom = knots[order]!;
  const top = knots[knots.length - 1 - order]!;
  const inset = edgeInset * (top - bottom);
  const inside = Math.min(Math.max(x, bottom + inset), top - inset);
  const first = splineRow(knots, order, inside, out);
  const distance = x - inside;
  if (extrapolation === 'clamp' || order === 0 || distance === 0) return first;
  // The derivatives, from the splines of one order less; in the range its window begins one spline later.
  const lower = new Float64Array(order);
  splineRow(knots, order - 1, inside, lower);
  for (let i = 0; i <= order; i++) {
    const j = first + i;
    const rising = i > 0 ? ratio(lower[i - 1]!, knots[j + order]! - knots[j]!) : 0;
    const falling = i < order ? ratio(lower[i]!, knots[j + order + 1]! - knots[j + 1]!) : 0;
    out[i]! += distance * order * (rising - falling);
  }
  return first;
}

function ratio(a: number, b: number): number {
  return b > 0 ? a / b : 0;
}
