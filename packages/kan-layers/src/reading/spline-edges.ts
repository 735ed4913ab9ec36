import { extrapolatedRow } from '../grids/extrapolated-row.js';
import type { Extrapolation } from '../grids/extrapolation.js';
import type { LayerEdges } from './layer-edges.js';
import { columnOf } from './statistics.js';

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
 * as the layer goes on there.
 */
export function splineEdges(
  inputs: number,
  units: number,
  order: number,
  extrapolation: Extrapolation,
  { base, spline, scale, knots }: SplineWeights,
  activation: (x: number) => number,
  range: readonly [number, number],
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
  return { inputs, units, range, normalizedInput: false, evaluate, offset: () => 0 };
}
