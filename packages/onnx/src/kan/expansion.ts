import type { ChebyshevKAN, JacobiKAN } from '@kanrecon/kan-layers';
import { activate } from '../layers/activation.js';
import { inputOfRank, type LayerToWrite, type LayerWriter, type WeightValues } from '../layers/layer-writer.js';
import { normalizedInput } from './layer-norm.js';

/**
 * Functions of one number, the same on all edges: [rows, count, inputs], and which of the coefficients' rows they stand for.
 */
interface BasisPart {
  readonly value: string;
  readonly rows: readonly number[];
}

/**
 * y[o] = bias[o] + Σᵢ Σ_k coefficients[k,i,o]·f_k(n[i]) + Σᵢ base[i,o]·act(x[i]), n being x or its layer norm: what the layers on a fixed
 * basis share.
 *
 * @param basis the functions of [rows, 1, inputs]; what is in none of its parts is 1 everywhere
 */
function expansion(layer: LayerToWrite, basis: (x: string) => readonly BasisPart[]): string {
  const { graph, weights, config } = layer;
  const { name: x } = inputOfRank(layer, 2);
  const { coefficients, base, bias } = weights as Record<string, WeightValues> & { coefficients: WeightValues };
  const [count, inputs, units] = coefficients.shape as [number, number, number];
  const parts = basis(graph.unsqueeze(normalizedInput(layer, x)));
  const terms = parts.map(({ value, rows }, index) => {
    const table = graph.reshape(value, [0, rows.length * inputs]);
    const label = parts.length === 1 ? 'coefficients' : `coefficients_${index}`;
    return graph.matMul(table, graph.tensor(label, [rows.length * inputs, units], rowsOf(coefficients, rows)));
  });
  const covered = new Set(parts.flatMap(({ rows }) => rows));
  const constant = Float64Array.from({ length: units }, (_, o) => bias?.data[o] ?? 0);
  for (let k = 0; k < count; k++) {
    if (covered.has(k)) continue;
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < units; o++) constant[o]! += coefficients.data[(k * inputs + i) * units + o]!;
    }
  }
  if (bias || covered.size < count) terms.push(graph.tensor('bias', [units], Float32Array.from(constant)));
  if (base) {
    const activated = activate(layer, x, config['baseActivation']);
    terms.push(graph.matMul(activated, graph.tensor('base', base.shape, base.data)));
  }
  return terms.reduce(graph.add);
}

function rowsOf({ data, shape }: WeightValues, rows: readonly number[]): Float32Array {
  const size = shape[1]! * shape[2]!;
  const out = new Float32Array(rows.length * size);
  for (const [index, row] of rows.entries()) out.set(data.subarray(row * size, (row + 1) * size), index * size);
  return out;
}

/** e^(−((x − g)/h)²) around equally spaced centres g. */
export const writeFastKAN: LayerWriter = (layer) => {
  const { graph, config } = layer;
  const width = config['denominator'] as number;
  return expansion(layer, (x) => {
    const distance = distances(layer, x, 1 / width);
    return [all(layer, graph.node('Exp', [graph.node('Neg', [graph.square(distance)])]))];
  });
};

/** 1 − tanh²((x − g)/h). */
export const writeFasterKAN: LayerWriter = (layer) => {
  const { graph, config } = layer;
  return expansion(layer, (x) => {
    const turn = graph.node('Tanh', [distances(layer, x, config['invDenominator'] as number)]);
    return [all(layer, graph.sub(graph.scalar(1), graph.square(turn)))];
  });
};

/** (x − g)·factor for all centres, [rows, count, inputs]. */
function distances({ graph, config }: LayerToWrite, x: string, factor: number): string {
  const { gridMin, gridMax, numGrids } = config as Record<string, number>;
  const step = numGrids! > 1 ? (gridMax! - gridMin!) / (numGrids! - 1) : 0;
  const places = Array.from({ length: numGrids! }, (_, k) => (gridMin! + k * step) * factor);
  return graph.sub(graph.times(x, factor), graph.tensor('places', [1, numGrids!, 1], places));
}

function all({ weights }: LayerToWrite, value: string): BasisPart {
  return { value, rows: Array.from({ length: weights['coefficients']!.shape[0]! }, (_, k) => k) };
}

/** cos(k·x) and sin(k·x), whose coefficients take turns. */
export const writeClassicFourierKAN: LayerWriter = (layer) => {
  const { graph, config } = layer;
  const count = config['gridSize'] as number;
  const harmonics = Array.from({ length: count }, (_, k) => k + 1);
  return expansion(layer, (x) => {
    const angles = graph.mul(x, graph.tensor('harmonics', [1, count, 1], harmonics));
    return ['Cos', 'Sin'].map((type, part) => ({
      value: graph.node(type, [angles]),
      rows: harmonics.map((k) => 2 * (k - 1) + part),
    }));
  });
};

/** Polynomials of tanh x by their recurrence. P_0 = 1 is in no part. */
export function writePolynomialKAN({ recurrence }: ChebyshevKAN | JacobiKAN): LayerWriter {
  const { degree, a, b, c } = recurrence;
  return (layer) => {
    const { graph } = layer;
    return expansion(layer, (x) => {
      const t = graph.node('Tanh', [x]);
      const values: string[] = [];
      for (let n = 1; n <= degree; n++) {
        const line = graph.times(t, a[n]!);
        const factor = b[n] === 0 ? line : graph.add(line, graph.scalar(b[n]!));
        if (n === 1) values.push(factor);
        else {
          const before = n === 2 ? graph.scalar(c[n]!) : graph.times(values[n - 3]!, c[n]!);
          values.push(graph.sub(graph.mul(factor, values[n - 2]!), before));
        }
      }
      return [{ value: graph.concat(values, 1), rows: values.map((_, k) => k + 1) }];
    });
  };
}
