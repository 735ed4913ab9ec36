/**
 * A KAN layer as what it is: a sum of functions of one variable, y[o] = offset[o] + Σᵢ φ_{i,o}(x[i]). A snapshot of the layer's
 * weights in double precision; training goes on without changing it.
 */
export interface LayerEdges {
  readonly inputs: number;
  readonly units: number;
  /** Where the functions of an input are meant to be looked at: its grid's range, or where the basis is not yet saturated. */
  range(input: number): readonly [low: number, high: number];
  /** Whether x[i] is the input after the layer's own layer normalisation, and not the input itself. */
  readonly normalizedInput: boolean;
  /** φ_{input,unit}(x). Finite for every finite x. */
  evaluate(input: number, unit: number, x: number): number;
  /** What is added to a unit whatever the input: bias, folded normalisation. */
  offset(unit: number): number;
}
