import type { FormulaNetwork } from './formula-network.js';

/** One number of a formula network: a, b or c of an edge, or the constant of a unit. */
export interface FormulaConstant {
  readonly layer: number;
  readonly kind: 'a' | 'b' | 'c' | 'constant';
  /** Of the edge, or of the unit. */
  readonly index: number;
}

/** Its value. */
export function getConstant(network: FormulaNetwork, { layer, kind, index }: FormulaConstant): number {
  const { edges, constants } = network[layer]!;
  return kind === 'constant' ? constants[index]! : edges[index]![kind];
}

/** Changes it. */
export function setConstant(network: FormulaNetwork, { layer, kind, index }: FormulaConstant, value: number): void {
  const { edges, constants } = network[layer]!;
  if (kind === 'constant') constants[index] = value;
  else edges[index]![kind] = value;
}
