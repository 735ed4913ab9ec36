import { extrapolatedRow } from '../grids/extrapolated-row.js';
import type { Extrapolation } from '../grids/extrapolation.js';
import type { LayerEdges } from './layer-edges.js';
import { columnOf } from './statistics.js';

/** What a B-spline layer is but for its weights. */
export interface SplineSettings {
  readonly inputs: number;
  readonly units: number;
  readonly order: number;
  readonly extrapolation: Extrapolation;
}

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
 * The edge functions φ(x) = base·act(x) + scale·Σ_g spline_g·B_g(x), on any ascending knots, one row of them per input; beyond the grid
 * as the layer goes on there. Their range is from knot to knot, without the `order` outer ones on either side.
 */
export function splineEdges(
  { inputs, units, order, extrapolation }: SplineSettings,
  { base, spline, scale, knots }: SplineWeights,
  activation: (x: number) => number,
): LayerEdges {
  const rows = Array.from({ length: inputs }, (_, i) => columnOf(knots, inputs, i));
  const window = new Float64Array(order + 1);

  const evaluate = (input: number, unit: number, x: number): number => {
    const edge = input * units + unit;
    const first = extrapolatedRow(rows[input]!, order, x, extrapolation, window);
    let sum = 0;
    for (let j = 0; j <= order; j++) sum += window[j]! * spline[(first + j) * inputs * units + edge]!;
    return base[edge]! * activation(x) + (scale ? scale[edge]! * sum : sum);
  };
  const range = (input: number): [number, number] => {
    const row = rows[input]!;
    const inner: [number, number] = [row[order]!, row[row.length - 1 - order]!];
    // Where those coincide, the others are all there is to go by.
    return inner[0] < inner[1] ? inner : [row[0]!, row[row.length - 1]!];
  };
  return { inputs, units, range, normalizedInput: false, evaluate, offset: () => 0 };
}
