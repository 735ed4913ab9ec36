import {
  abs,
  add,
  div,
  maximum,
  minimum,
  mul,
  neg,
  relu,
  reshape,
  sign,
  slice,
  square,
  step,
  sub,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tensor1d,
  zerosLike,
} from '@tensorflow/tfjs-core';

// Layout: the basis index stands between row and input, [rows, basis, inputs]. Then [rows, basis · inputs] is a free reshape for
// the matrix product, and the recursion's shifted copies along `basis` are long contiguous runs (a shift along the last axis is
// one copy per row and input on the WASM backend).

/** A grid that is uniform and the same for all inputs: knot j lies at start + j · step. */
export interface UniformGrid {
  readonly start: number;
  readonly step: number;
}

/** What {@link bsplineBasis} gives; both are [rows, basis, inputs]. */
export interface Basis {
  readonly value: Tensor3D;
  /** ∂value/∂x; null unless asked for. */
  readonly slope: Tensor3D | null;
}

/**
 * All B-splines of the given order at every x, on half-open intervals; 0 outside the knots.
 *
 * @param x [rows, inputs]
 * @param knots [knots, inputs], ascending along the first axis; knots − order − 1 splines come out
 * @param uniform if known: the order-3 splines then come from the closed form of the cardinal spline, with a third of the work
 */
export function bsplineBasis(
  x: Tensor2D,
  knots: Tensor2D,
  order: number,
  uniform: UniformGrid | null,
  withSlope: boolean,
): Basis {
  return uniform && order === 3
    ? cardinalCubic(x, knots.shape[0] - 4, uniform, withSlope)
    : coxDeBoor(x, knots, order, withSlope);
}

/** ((2−|v|)₊³ − 4(1−|v|)₊³)/6 for v = distance from the spline's middle in steps. No term cancels: the second is < ⅞ of the first. */
function cardinalCubic(x: Tensor2D, count: number, { start, step: h }: UniformGrid, withSlope: boolean): Basis {
  const [rows, inputs] = x.shape;
  const middles = Float32Array.from({ length: count }, (_, j) => start / h + j + 2);
  const v = sub(reshape(mul(x, 1 / h), [rows, 1, inputs]), reshape(tensor1d(middles), [1, count, 1]));
  const distance = abs(v);
  const outer = relu(sub(2, distance));
  const inner = relu(sub(1, distance));
  const outer2 = square(outer);
  const inner2 = mul(square(inner), 4);
  const value = mul(sub(mul(outer2, outer), mul(inner2, inner)), 1 / 6) as Tensor3D;
  const slope = withSlope ? (mul(mul(sub(inner2, outer2), sign(v)), 0.5 / h) as Tensor3D) : null;
  return { value, slope };
}

/** Any order, any knots, one row of knots per input. */
function coxDeBoor(x: Tensor2D, knots: Tensor2D, order: number, withSlope: boolean): Basis {
  const [rows, inputs] = x.shape;
  const count = knots.shape[0] - 1;
  // Far outside nothing is left but 0 · distance, which must not become 0 · ∞.
  const first = slice(knots, [0, 0], [1, inputs]);
  const last = slice(knots, [count, 0], [1, inputs]);
  const clamped = maximum(minimum(x, last), sub(first, 1));
  const ahead = sub(reshape(knots, [1, count + 1, inputs]), reshape(clamped, [rows, 1, inputs])) as Tensor3D;
  const isAhead = step(ahead);
  let value = sub(middle(isAhead, 1, count), middle(isAhead, 0, count)) as Tensor3D;
  let slope = withSlope ? zerosLike(middle(value, 0, count - order)) : null;
  for (let k = 1; k <= order; k++) {
    const intervals = count - k + 1;
    const inverse = inverseGaps(knots, k);
    if (withSlope && k === order) {
      const scaled = mul(mul(value, inverse), k) as Tensor3D;
      slope = sub(middle(scaled, 0, intervals - 1), middle(scaled, 1, intervals - 1)) as Tensor3D;
    }
    const rising = mul(mul(middle(ahead, 0, intervals), neg(inverse)), value) as Tensor3D;
    const falling = sub(value, rising) as Tensor3D;
    value = add(middle(rising, 0, intervals - 1), middle(falling, 1, intervals - 1)) as Tensor3D;
  }
  return { value, slope };
}

/** 1 / (t[j+k] − t[j]) as [1, j, inputs]. Where knots coincide the spline over them is 0 and the number does not matter. */
function inverseGaps(knots: Tensor2D, k: number): Tensor {
  const [count, inputs] = knots.shape;
  const gaps = sub(slice(knots, [k, 0], [count - k, inputs]), slice(knots, [0, 0], [count - k, inputs]));
  return reshape(div(1, maximum(gaps, 1e-12)), [1, count - k, inputs]);
}

/** `length` entries of the middle axis from `begin` on. */
function middle(x: Tensor3D, begin: number, length: number): Tensor3D {
  return slice(x, [0, begin, 0], [-1, length, -1]);
}
