import type { LayerEdges } from './layer-edges.js';

/** Weights of a B-spline layer, row-major. */
export interface SplineWeights {
  /** [inputs, units] */
  readonly base: ArrayLike<number>;
  /** [knots − order − 1, inputs, units] */
  readonly spline: ArrayLike<number>;
  /** [inputs, units]; null for 1. */
  readonly scale: ArrayLike<number> | null;
  /** [knots, inputs], ascending along the first axis. */
  readonly knots: ArrayLike<number>;
}

/**
 * The edge functions φ(x) = base·act(x) + scale·Σ_g spline_g·B_g(x), on any ascending knots, one row of them per input. B-splines
 * live on half-open intervals and are 0 outside the knots, as in the layer.
 */
export function splineEdges(
  inputs: number,
  units: number,
  order: number,
  { base, spline, scale, knots }: SplineWeights,
  activation: (x: number) => number,
  range: readonly [number, number],
): LayerEdges {
  const knotCount = knots.length / inputs;
  const basis = new Float64Array(knotCount);

  const evaluate = (input: number, unit: number, x: number): number => {
    const edge = input * units + unit;
    let value = base[edge]! * activation(x);
    const [first, last] = splinesAt(knots, inputs, input, order, x, basis);
    let sum = 0;
    for (let j = first; j <= last; j++) sum += basis[j]! * spline[j * inputs * units + edge]!;
    value += scale ? scale[edge]! * sum : sum;
    return value;
  };
  return { inputs, units, range, normalizedInput: false, evaluate, offset: () => 0 };
}

/**
 * The B-splines at x that are not 0, by the Cox-de Boor recursion over their own window only.
 *
 * @param basis receives them at their own index; its length is the number of knots
 * @returns index of the first and the last one; last < first if x lies outside the knots
 */
function splinesAt(
  knots: ArrayLike<number>,
  inputs: number,
  input: number,
  order: number,
  x: number,
  basis: Float64Array,
): [first: number, last: number] {
  const count = basis.length;
  const knot = (j: number) => knots[j * inputs + input]!;
  let interval = 0;
  while (interval < count && knot(interval) <= x) interval++;
  interval--;
  // Left of the first knot, or at or beyond the last.
  if (interval < 0 || interval >= count - 1) return [0, -1];
  basis.fill(0, Math.max(0, interval - order), interval + 2);
  basis[interval] = 1;
  for (let k = 1; k <= order; k++) {
    const last = Math.min(interval, count - 2 - k);
    for (let j = Math.max(0, interval - k); j <= last; j++) {
      // Over coinciding knots the spline is 0 and the number below it does not matter.
      const rising = ((x - knot(j)) / Math.max(knot(j + k) - knot(j), 1e-12)) * basis[j]!;
      const falling = ((knot(j + k + 1) - x) / Math.max(knot(j + k + 1) - knot(j + 1), 1e-12)) * basis[j + 1]!;
      basis[j] = rising + falling;
    }
  }
  return [Math.max(0, interval - order), Math.min(interval, count - 2 - order)];
}
