import {
  abs,
  add,
  clipByValue,
  div,
  maximum,
  mul,
  neg,
  relu,
  reshape,
  slice,
  square,
  step,
  sub,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tensor1d,
  transpose,
  zerosLike,
} from '@tensorflow/tfjs-core';

// Two layouts, each so that the matrix product after it needs no transposition of anything large and the recursion's shifts along
// the basis are long contiguous copies (with the basis index last, a shift is one copy per row and input):
//   'rowsFirst'  [rows, basis, inputs]: basis · coefficients [basis · inputs, units] gives the output;
//   'rowsLast'   [basis, inputs, rows]: its product with the output's gradient gives the coefficients' gradient.
// Forward + backward for 1280→6, 16 rows, on WASM: all rowsFirst, with transposed products and tf.sign, 5.4 ms; this 3.4.

/** Where the rows stand in a basis. */
export type BasisLayout = 'rowsFirst' | 'rowsLast';

/** A grid that is uniform and the same for all inputs: knot j lies at start + j · step. */
export interface UniformGrid {
  readonly start: number;
  readonly step: number;
}

/** What {@link bsplineBasis} gives. The factors are for the caller to apply where the numbers are few. */
export interface Basis {
  readonly value: Tensor3D;
  /** The splines are `valueFactor · value`. */
  readonly valueFactor: number;
  /** null unless asked for. */
  readonly slope: Tensor3D | null;
  /** Their derivatives by x are `slopeFactor · slope`. */
  readonly slopeFactor: number;
}

/**
 * All B-splines of the given order at every x, on half-open intervals; 0 outside the knots.
 *
 * @param x [rows, inputs]
 * @param knots [knots, inputs], ascending along the first axis; knots − order − 1 splines come out
 * @param uniform if known: the order-3 splines then come from the closed form of the cardinal spline, in about a sixth of the time on WASM
 */
export function bsplineBasis(
  x: Tensor2D,
  knots: Tensor2D,
  order: number,
  uniform: UniformGrid | null,
  layout: BasisLayout,
  withSlope: boolean,
): Basis {
  return uniform && order === 3
    ? cardinalCubic(x, knots.shape[0] - 4, uniform, layout, withSlope)
    : coxDeBoor(x, knots, order, layout, withSlope);
}

/** ((2−|v|)₊³ − 4(1−|v|)₊³)/6 for v = distance from the spline's middle in steps. The second term is under half of the first. */
function cardinalCubic(
  x: Tensor2D,
  count: number,
  { start, step: h }: UniformGrid,
  layout: BasisLayout,
  withSlope: boolean,
): Basis {
  const middles = Float32Array.from({ length: count }, (_, j) => start / h + j + 2);
  const steps = spread(mul(x, 1 / h) as Tensor2D, layout);
  const v = sub(steps, reshape(tensor1d(middles), layout === 'rowsFirst' ? [1, count, 1] : [count, 1, 1]));
  const outer = relu(sub(2, abs(v)));
  const inner = relu(sub(outer, 1));
  const outer2 = square(outer);
  const inner2 = mul(square(inner), 4);
  const value = sub(mul(outer2, outer), mul(inner2, inner)) as Tensor3D;
  // The sign of v: tf.sign takes as long on WASM as all the rest. Where this ramp is neither −1 nor 1, the slope is 0 anyhow.
  const slope = withSlope ? (mul(sub(inner2, outer2), clipByValue(mul(v, 1e10), -1, 1)) as Tensor3D) : null;
  return { value, valueFactor: 1 / 6, slope, slopeFactor: 0.5 / h };
}

/** Any order, any knots, one row of knots per input. */
function coxDeBoor(x: Tensor2D, knots: Tensor2D, order: number, layout: BasisLayout, withSlope: boolean): Basis {
  const inputs = knots.shape[1];
  const count = knots.shape[0] - 1;
  const place = (perInput: Tensor) =>
    reshape(perInput, layout === 'rowsFirst' ? [1, -1, inputs] : [-1, inputs, 1]) as Tensor3D;
  const part = (tensor: Tensor3D, begin: number, length: number) =>
    layout === 'rowsFirst'
      ? slice(tensor, [0, begin, 0], [-1, length, -1])
      : slice(tensor, [begin, 0, 0], [length, -1, -1]);
  // Far outside nothing is left but 0 · distance / gap, which must not become 0 · ∞. (Clamping to each input's own knots takes 5 ms
  // on WASM for [16, 1280], for its minimum and maximum broadcast slowly; this takes 0.02.)
  const ahead = sub(place(knots), spread(clipByValue(x, -1e15, 1e15), layout)) as Tensor3D;
  const isAhead = step(ahead);
  let value = sub(part(isAhead, 1, count), part(isAhead, 0, count)) as Tensor3D;
  let slope = withSlope ? zerosLike(part(value, 0, count - order)) : null;
  for (let k = 1; k <= order; k++) {
    const intervals = count - k + 1;
    const inverse = place(inverseGaps(knots, k));
    if (withSlope && k === order) {
      const scaled = mul(mul(value, inverse), k) as Tensor3D;
      slope = sub(part(scaled, 0, intervals - 1), part(scaled, 1, intervals - 1)) as Tensor3D;
    }
    const rising = mul(mul(part(ahead, 0, intervals), neg(inverse)), value) as Tensor3D;
    const falling = sub(value, rising) as Tensor3D;
    value = add(part(rising, 0, intervals - 1), part(falling, 1, intervals - 1)) as Tensor3D;
  }
  return { value, valueFactor: 1, slope, slopeFactor: 1 };
}

/** [rows, inputs] made ready to be broadcast along the basis. */
export function spread(x: Tensor2D, layout: BasisLayout): Tensor3D {
  const [rows, inputs] = x.shape;
  return layout === 'rowsFirst' ? reshape(x, [rows, 1, inputs]) : reshape(transpose(x), [1, inputs, rows]);
}

/** 1 / (t[j+k] − t[j]) as [j, inputs]. Where knots coincide the spline over them is 0 and the number does not matter. */
function inverseGaps(knots: Tensor2D, k: number): Tensor {
  const [count, inputs] = knots.shape;
  const gaps = sub(slice(knots, [k, 0], [count - k, inputs]), slice(knots, [0, 0], [count - k, inputs]));
  return div(1, maximum(gaps, 1e-12));
}
