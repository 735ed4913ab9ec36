import { type FormulaConstant, getConstant, setConstant } from './formula-constants.js';
import { type FormulaNetwork, runFormulas } from './formula-network.js';
import { levenbergMarquardt } from './levenberg-marquardt.js';
import type { Table } from './samples.js';
import { symbolicFunctions } from './symbolic-functions.js';

/**
 * Refines the given constants together, end to end, by Levenberg-Marquardt with the Jacobian in closed form. The network is left with
 * the best constants found, never with worse ones.
 *
 * @param targets [rows, outputs]
 * @returns half the sum of squared differences; Infinity if a function is not defined on the samples
 */
export function refineFormulas(
  network: FormulaNetwork,
  constants: readonly FormulaConstant[],
  samples: Table,
  targets: Float64Array,
  iterations: number,
  leastGain?: number,
): number {
  const put = (parameters: Float64Array) => {
    constants.forEach((constant, i) => {
      setConstant(network, constant, parameters[i]!);
    });
  };
  const cost = (parameters: Float64Array) => {
    put(parameters);
    return halfSquares(runFormulas(network, samples), targets);
  };
  const normalEquations = (parameters: Float64Array, hessian: Float64Array, gradient: Float64Array) => {
    put(parameters);
    addNormalEquations(network, constants, samples, targets, hessian, gradient);
  };
  const start = Float64Array.from(constants, (constant) => getConstant(network, constant));
  const solution = levenbergMarquardt({ cost, normalEquations }, start, iterations, leastGain);
  put(solution.parameters);
  return solution.cost;
}

/** Half the sum of squared differences; Infinity instead of NaN. */
export function halfSquares(got: Float64Array, targets: Float64Array): number {
  let total = 0;
  for (let k = 0; k < got.length; k++) total += (got[k]! - targets[k]!) ** 2 / 2;
  return Number.isFinite(total) ? total : Number.POSITIVE_INFINITY;
}

/** For each layer: where a, b, c of each edge and the constant of each unit stand in the list; −1 for those that are not in it. */
interface LayerPlaces {
  readonly edges: Int32Array;
  readonly constants: Int32Array;
}

function placesOf(network: FormulaNetwork, constants: readonly FormulaConstant[]): LayerPlaces[] {
  const places = network.map(({ edges, units }) => ({
    edges: new Int32Array(3 * edges.length).fill(-1),
    constants: new Int32Array(units).fill(-1),
  }));
  constants.forEach(({ layer, kind, index }, i) => {
    if (kind === 'constant') places[layer]!.constants[index] = i;
    else places[layer]!.edges[3 * index + 'abc'.indexOf(kind)] = i;
  });
  return places;
}

/** Adds up JᵀJ (row-major) and Jᵀr of the constants: for each row and output, one pass backwards through the layers. */
export function addNormalEquations(
  network: FormulaNetwork,
  constants: readonly FormulaConstant[],
  { rows, columns, data }: Table,
  targets: Float64Array,
  hessian: Float64Array,
  gradient: Float64Array,
): void {
  const places = placesOf(network, constants);
  const outputs = network[network.length - 1]!.units;
  const n = gradient.length;
  const jacobian = new Float64Array(n);
  const active = new Int32Array(n);
  const nodes = [new Float64Array(columns), ...network.map(({ units }) => new Float64Array(units))];
  const pulls = nodes.map((values) => new Float64Array(values.length));
  // f and f' of each edge.
  const values = network.map(({ edges }) => new Float64Array(edges.length));
  const slopes = network.map(({ edges }) => new Float64Array(edges.length));
  for (let r = 0; r < rows; r++) {
    nodes[0]!.set(data.subarray(r * columns, (r + 1) * columns));
    network.forEach(({ edges, constants }, l) => {
      nodes[l + 1]!.set(constants);
      edges.forEach(({ input, unit, name, a, b, c }, e) => {
        const u = a * nodes[l]![input]! + b;
        values[l]![e] = symbolicFunctions[name].value(u);
        slopes[l]![e] = symbolicFunctions[name].slope(u);
        nodes[l + 1]![unit]! += c * values[l]![e]!;
      });
    });
    for (let o = 0; o < outputs; o++) {
      const residual = nodes[network.length]![o]! - targets[r * outputs + o]!;
      jacobian.fill(0);
      for (const pull of pulls) pull.fill(0);
      pulls[network.length]![o] = 1;
      for (let l = network.length - 1; l >= 0; l--) {
        const { edges } = network[l]!;
        const place = places[l]!;
        edges.forEach(({ input, unit, a, c }, e) => {
          const pull = pulls[l + 1]![unit]!;
          const inner = pull * c * slopes[l]![e]!;
          const [pa, pb, pc] = [place.edges[3 * e]!, place.edges[3 * e + 1]!, place.edges[3 * e + 2]!];
          if (pa >= 0) jacobian[pa] = inner * nodes[l]![input]!;
          if (pb >= 0) jacobian[pb] = inner;
          if (pc >= 0) jacobian[pc] = pull * values[l]![e]!;
          pulls[l]![input]! += inner * a;
        });
        place.constants.forEach((p, unit) => {
          if (p >= 0) jacobian[p] = pulls[l + 1]![unit]!;
        });
      }
      // An output sees only the constants below it: half of them and fewer.
      let seen = 0;
      for (let i = 0; i < n; i++) if (jacobian[i] !== 0) active[seen++] = i;
      for (let p = 0; p < seen; p++) {
        const i = active[p]!;
        const slope = jacobian[i]!;
        gradient[i]! += slope * residual;
        for (let q = 0; q <= p; q++) hessian[i * n + active[q]!]! += slope * jacobian[active[q]!]!;
      }
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) hessian[j * n + i] = hessian[i * n + j]!;
}
