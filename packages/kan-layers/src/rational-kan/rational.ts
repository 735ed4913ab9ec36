import {
  abs,
  add,
  clipByValue,
  div,
  mul,
  reshape,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  unstack,
} from '@tensorflow/tfjs-core';

/** Beyond ±this the rationals are held constant, so that no power of x overflows (the fifth in values, the ninth in gradients). */
export const rationalLimit = 1e4;

/** A polynomial's coefficients [groups or 1, count] as `count` tensors that broadcast over [.., groups, ..]. */
export function groupCoefficients(table: Tensor2D, shape: [number, number, number]): Tensor3D[] {
  return unstack(table, 1).map((column) => reshape(column, shape));
}

/** c[0] + c[1]·x + …, by Horner's rule. */
export function polynomial(x: Tensor, coefficients: readonly Tensor[]): Tensor {
  const [last, ...others] = [...coefficients].reverse();
  if (others.length === 0) return last!;
  return others.reduce((value: Tensor, c) => add(mul(value, x), c), last!);
}

/** The coefficients of the derivative. */
export function differentiated(coefficients: readonly Tensor[]): Tensor[] {
  return coefficients.slice(1).map((c, j) => (j === 0 ? c : mul(c, j + 1)));
}

/** Value of P/(1 + |A|), and what its gradient needs. */
export interface RationalValues {
  readonly value: Tensor3D;
  /** A = b₁x + … + b₄x⁴ */
  readonly inner: Tensor3D;
  /** 1 + |A| */
  readonly denominator: Tensor3D;
}

/**
 * The rationals of all groups. Where the backend has the fused kernel KanRational, that stands in for it.
 *
 * @param x within ±rationalLimit, with the groups on one of its three axes
 */
export function rational(x: Tensor3D, numerator: readonly Tensor[], denominator: readonly Tensor[]): RationalValues {
  const inner = mul(polynomial(x, denominator), x) as Tensor3D;
  const divisor = add(abs(inner), 1) as Tensor3D;
  const value = div(polynomial(x, numerator), divisor) as Tensor3D;
  return { value, inner, denominator: divisor };
}

/** −1, 0 or 1. (tf.sign takes 6 ns a number on WASM, this 0.5.) */
export function signOf(x: Tensor3D): Tensor3D {
  return clipByValue(mul(x, 1e30), -1, 1) as Tensor3D;
}
