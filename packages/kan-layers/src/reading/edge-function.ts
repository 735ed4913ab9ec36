import { checkEdgeLayer } from '../check-edge-layer.js';
import { checkOptions } from '../check-options.js';
import type { EdgeLayer } from '../edge-layer.js';
import { fillDefaults } from '../fill-defaults.js';
import { checkLayer } from './check-model.js';

/** Options of {@link edgeFunction}. */
export interface EdgeFunctionOptions {
  /** Points of the sampled curve. Default 101. */
  points?: number;
  /** Where to sample; default: the range that the layer names (the grid's). */
  range?: readonly [low: number, high: number] | null;
}

const defaults = { points: 101, range: null } satisfies EdgeFunctionOptions;

/** What {@link edgeFunction} gives. */
export interface EdgeFunction {
  /** Evenly spaced, the ends of the range included. */
  readonly x: Float64Array;
  /** φ(x) */
  readonly y: Float64Array;
  /** Whether x is the input after the layer's own layer normalisation, and not the input itself. */
  readonly normalizedInput: boolean;
  /** φ itself, in double precision: a snapshot, which further training does not change. */
  evaluate(x: number): number;
}

/**
 * The function on the edge from `input` to `unit` of a KAN layer.
 *
 * @throws if the layer has no functions on its edges or no such edge, or an option is wrong
 */
export function edgeFunction(
  layer: EdgeLayer,
  input: number,
  unit: number,
  options: EdgeFunctionOptions = {},
): EdgeFunction {
  checkOptions('edgeFunction', options, defaults);
  checkLayer('edgeFunction', layer);
  checkEdgeLayer(layer);
  const { points, range } = fillDefaults(options, defaults);
  const edges = layer.readEdges();
  checkEdge('edgeFunction', edges, input, unit);
  if (!Number.isInteger(points) || points < 2) {
    throw new Error(`edgeFunction: points is wrong; expected an integer ≥ 2, got ${points}`);
  }
  const [low, high] = range ?? edges.range(input);
  if (!(low < high && Number.isFinite(high - low))) {
    throw new Error(`edgeFunction: range is wrong; expected [low, high] with low < high, got [${low}, ${high}]`);
  }
  const x = Float64Array.from({ length: points }, (_, p) => low + ((high - low) * p) / (points - 1));
  const evaluate = (at: number) => edges.evaluate(input, unit, at);
  return { x, y: x.map(evaluate), normalizedInput: edges.normalizedInput, evaluate };
}

/** @throws if there is no such edge */
export function checkEdge(
  name: string,
  { inputs, units }: { inputs: number; units: number },
  input: number,
  unit: number,
) {
  const inside = (value: number, count: number) => Number.isInteger(value) && value >= 0 && value < count;
  if (!inside(input, inputs) || !inside(unit, units)) {
    throw new Error(
      `${name}: no such edge; expected an input of 0 … ${inputs - 1} and a unit of 0 … ${units - 1}, got ${input} and ${unit}`,
    );
  }
}
