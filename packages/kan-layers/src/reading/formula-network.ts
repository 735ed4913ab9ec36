import { type Expression, number, sum, variable } from './expression.js';
import type { Table } from './samples.js';
import { formExpression } from './suggest-symbolic.js';
import { type SymbolicName, symbolicFunctions } from './symbolic-functions.js';

/** An edge that has become a formula, c·f(a·x + b); its d is in the unit's constant. */
export interface FormulaEdge {
  readonly input: number;
  readonly unit: number;
  name: SymbolicName;
  a: number;
  b: number;
  c: number;
}

/** A layer of formulas: unit = constant + Σ edges. */
export interface FormulaLayer {
  readonly inputs: number;
  readonly units: number;
  edges: FormulaEdge[];
  readonly constants: Float64Array;
}

/** Layers of formulas, one after the other. */
export type FormulaNetwork = readonly FormulaLayer[];

/** The network's outputs, row-major; NaN where a function is not defined. */
export function runFormulas(network: FormulaNetwork, { rows, data }: Table): Float64Array {
  return network.reduce((values, layer) => runFormulaLayer(layer, values, rows), data);
}

/** One layer of it. */
export function runFormulaLayer(layer: FormulaLayer, data: Float64Array, rows: number): Float64Array {
  const { inputs, units, edges, constants } = layer;
  const result = new Float64Array(rows * units);
  for (let r = 0; r < rows; r++) result.set(constants, r * units);
  for (const { input, unit, name, a, b, c } of edges) {
    const { value, domain } = symbolicFunctions[name];
    for (let r = 0; r < rows; r++) {
      const u = a * data[r * inputs + input]! + b;
      result[r * units + unit]! += domain && !domain(u) ? Number.NaN : c * value(u);
    }
  }
  return result;
}

/** One formula for each output, composed through the layers. */
export function formulasOf(network: FormulaNetwork, names: readonly string[]): Expression[] {
  let values = names.map((name, i) => variable(i, name));
  for (const { units, edges, constants } of network) {
    values = Array.from({ length: units }, (_, o) =>
      sum([
        ...edges.filter(({ unit }) => unit === o).map((edge) => formExpression({ ...edge, d: 0 }, values[edge.input]!)),
        number(constants[o]!),
      ]),
    );
  }
  return values;
}
