import { activate } from '../layers/activation.js';
import { inputOfRank, type LayerToWrite, type LayerWriter, type WeightValues } from '../layers/layer-writer.js';

/** Beyond it nothing is left of a spline; so that 0 · ∞ does not come up. */
const farthest = 1e15;

/** How far inside a grid's ends the last value and slope are taken, as a share of it: as the layer itself does. */
const edgeInset = 1e-6;

/** y[o] = Σᵢ base[i,o]·act(x[i]) + Σᵢ Σ_g scale[i,o]·spline[g,i,o]·B_g(x[i]), by the recursion of Cox and de Boor: right for every grid. */
export const writeEfficientKAN: LayerWriter = (layer) => {
  const { graph, weights, config } = layer;
  const { name: x } = inputOfRank(layer, 2);
  const { base, spline, scale, grid } = weights as Record<string, WeightValues>;
  const [count, inputs, units] = spline!.shape as [number, number, number];
  const coefficients = spline!.data.map((value, k) => value * (scale?.data[k % (inputs * units)] ?? 1));
  const basis = graph.reshape(basisOf(layer, graph.unsqueeze(x), grid!), [0, count * inputs]);
  const splines = graph.matMul(basis, graph.tensor('coefficients', [count * inputs, units], coefficients));
  const activated = activate(layer, x, config['baseActivation']);
  return graph.add(splines, graph.matMul(activated, graph.tensor('base', base!.shape, base!.data)));
};

/** The splines of [rows, 1, inputs], continued beyond the grid as the layer continues them: [rows, count, inputs]. */
function basisOf(layer: LayerToWrite, x: string, grid: WeightValues): string {
  const { graph, config } = layer;
  const { splineOrder: order, extrapolation } = config as { splineOrder: number; extrapolation: string };
  const knots = knotsOf(grid);
  if (extrapolation === 'zero') return splines(layer, x, knots, order).value;
  if (extrapolation !== 'clamp' && extrapolation !== 'linear') {
    layer.refuse(`its extrapolation is ${extrapolation}; expected zero, clamp or linear`);
  }
  const [low, high] = ends(knots, order);
  const lowest = graph.tensor('low', [1, 1, knots.inputs], low);
  const inside = graph.node('Min', [graph.node('Max', [x, lowest]), graph.tensor('high', [1, 1, knots.inputs], high)]);
  const { value, slope } = splines(layer, inside, knots, order);
  return extrapolation === 'clamp' || !slope ? value : graph.add(value, graph.mul(slope, graph.sub(x, inside)));
}

/** Knots [knots, inputs], ascending along the first axis. */
interface Knots {
  readonly count: number;
  readonly inputs: number;
  at(knot: number, input: number): number;
}

function knotsOf({ shape, data }: WeightValues): Knots {
  const [count, inputs] = shape as [number, number];
  return { count, inputs, at: (knot, input) => data[knot * inputs + input]! };
}

/** Where the splines are complete, for each input, a little within. */
function ends({ count, inputs, at }: Knots, order: number): [low: number[], high: number[]] {
  const all = Array.from({ length: inputs }, (_, i) => i);
  const inset = (i: number) => edgeInset * (at(count - 1 - order, i) - at(order, i));
  return [all.map((i) => at(order, i) + inset(i)), all.map((i) => at(count - 1 - order, i) - inset(i))];
}

/** All B-splines of an order on half-open intervals, and their slopes by x (none for order 0): [rows, count, inputs]. */
function splines({ graph }: LayerToWrite, x: string, knots: Knots, order: number): { value: string; slope?: string } {
  const { count, inputs, at } = knots;
  const table = (label: string, rows: number, number: (row: number, input: number) => number) =>
    graph.tensor(
      label,
      [1, rows, inputs],
      Float32Array.from({ length: rows * inputs }, (_, k) => number(Math.floor(k / inputs), k % inputs)),
    );
  const isAhead = graph.node('Cast', [graph.node('Less', [x, table('knots', count, at)])], { to: 1 });
  let value = graph.sub(graph.slice(isAhead, 1, count), graph.slice(isAhead, 0, count - 1));
  let slope: string | undefined;
  const bounded = order > 0 ? graph.clip(x, -farthest, farthest) : x;
  for (let k = 1; k <= order; k++) {
    const intervals = count - k;
    // Where knots coincide the spline over them is 0, and the number does not matter.
    const inverse = (row: number, input: number) => 1 / Math.max(at(row + k, input) - at(row, input), 1e-12);
    const inverses = table(`inverse_gaps_${k}`, intervals, inverse);
    const left = table(`left_${k}`, intervals, at);
    if (k === order) {
      const scaled = graph.times(graph.mul(value, inverses), k);
      slope = graph.sub(graph.slice(scaled, 0, intervals - 1), graph.slice(scaled, 1, intervals));
    }
    const rising = graph.mul(graph.mul(graph.sub(bounded, left), inverses), value);
    const falling = graph.sub(value, rising);
    value = graph.add(graph.slice(rising, 0, intervals - 1), graph.slice(falling, 1, intervals));
  }
  return slope === undefined ? { value } : { value, slope };
}
