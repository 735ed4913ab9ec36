import {
  add,
  clipByValue,
  customGrad,
  div,
  type GradSaveFunc,
  matMul,
  mul,
  neg,
  reshape,
  square,
  stack,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  transpose,
} from '@tensorflow/tfjs-core';
import { fusedKernel } from '../fused-kernel.js';
import { matMulTransposed, sumFirstAxis, withOwnData } from '../matrix.js';
import { differentiated, groupCoefficients, polynomial, rational, rationalLimit, signOf } from './rational.js';

// Forward as [rows, groups, inputs of a group], so that the result is the linear map's left-hand side; backward as [groups, inputs of a
// group · rows], where the sums over a group run along memory (0.02 ms each for 1280→6 at 16 rows) and the linear map's gradients need
// no transposition of anything large. Horner's rule takes 0.007 ms a pass. Not tried: one product of all coefficients with stacked powers,
// since XNNPACK packs a right-hand side of that size anew in about 0.4 ms, and in proportion to the rows.
// Forward + backward for 1280→6 (fastest, ms, 16 and 100 rows): 1.3 and 4.9; from tfjs' operations and its own gradients 1.8 and 7.5.

/** Weights of {@link rationalKANOp}: variables, so that they outlive the forward pass. */
export interface RationalKANWeights {
  /** [groups or 1, 6] */
  readonly numerator: Tensor2D;
  /** [groups, 4] */
  readonly denominator: Tensor2D;
  /** [inputs, units] */
  readonly kernel: Tensor2D;
  /** [units] */
  readonly bias: Tensor1D;
}

/**
 * y = f(x)·kernel + bias, f(x) = (a₀ + … + a₅x⁵)/(1 + |b₁x + … + b₄x⁴|) with the coefficients of the input's group, and its gradient in
 * closed form. Beyond ±10⁴ f is constant. Only x is kept between forward and backward.
 */
export function rationalKANOp(x: Tensor2D, weights: RationalKANWeights): Tensor2D {
  const { numerator, denominator, kernel, bias } = weights;
  const [rows, inputs] = x.shape;
  const groups = denominator.shape[0];
  const width = inputs / groups;
  const bounded = (x: Tensor2D) => clipByValue(x, -rationalLimit, rationalLimit) as Tensor2D;

  const forward = (...args: (Tensor | GradSaveFunc)[]) => {
    (args[args.length - 1] as GradSaveFunc)([x]);
    const gradFunc = (dy: Tensor, saved: Tensor[]) => backward(dy as Tensor2D, saved[0] as Tensor2D);
    const fused = fusedKernel<Tensor2D>('KanRational');
    if (fused) {
      const value = fused({ x, numerator, denominator }, { limit: rationalLimit });
      return { value: add(matMul(value, kernel), bias), gradFunc };
    }
    const grouped = reshape(bounded(x), [rows, groups, width]) as Tensor3D;
    const { value } = rational(
      grouped,
      groupCoefficients(numerator, [1, numerator.shape[0], 1]),
      groupCoefficients(denominator, [1, groups, 1]),
    );
    // x − x is 0 but for NaN, which the clipping takes for a bound.
    const visible = add(reshape(value, [rows, inputs]), sub(x, x)) as Tensor2D;
    return { value: add(matMul(visible, kernel), bias), gradFunc };
  };

  const backward = (dy: Tensor2D, original: Tensor2D): Tensor[] => {
    const fused = fusedKernel<Tensor[]>('KanRationalGradient');
    if (fused) {
      const dValue = matMulTransposed(dy, kernel);
      const operands = { x: original, numerator, denominator, dy: dValue };
      const [value, ...gradients] = fused(operands, { limit: rationalLimit });
      return [...gradients, matMul(value as Tensor2D, dy, true), sumFirstAxis(dy)];
    }
    const flat = [groups, width * rows, 1] as [number, number, number];
    const columns = transpose(original) as Tensor2D;
    const clipped = bounded(columns);
    const x = reshape(clipped, flat) as Tensor3D;
    const a = groupCoefficients(numerator, [numerator.shape[0], 1, 1]);
    const b = groupCoefficients(denominator, [groups, 1, 1]);
    const { value, inner, denominator: divisor } = rational(x, a, b);
    const dValue = matMul(kernel, transpose(dy) as Tensor2D);
    const onNumerator = div(reshape(dValue, flat), divisor) as Tensor3D;
    const onInner = neg(mul(mul(onNumerator, value), signOf(inner))) as Tensor3D;
    const slopes = add(
      mul(onNumerator, polynomial(x, differentiated(a))),
      // A has no constant term: any stands in for it, since differentiating drops it.
      mul(onInner, polynomial(x, differentiated([b[0]!, ...b]))),
    );
    const dNumerator = powerSums(onNumerator, x, a.length);
    const dDenominator = powerSums(mul(onInner, x) as Tensor3D, x, b.length);
    // 0 where x was clipped.
    const outside = clipByValue(mul(square(sub(columns, clipped)), 1e30), 0, 1);
    const dx = mul(reshape(slopes, [inputs, rows]), sub(1, outside));
    return [
      transpose(dx),
      numerator.shape[0] === 1 ? sum(dNumerator, 0, true) : dNumerator,
      dDenominator,
      matMul(reshape(value, [inputs, rows]) as Tensor2D, withOwnData(dy)),
      sum(dy, 0),
    ];
  };

  return customGrad(forward as Parameters<typeof customGrad>[0])(x, numerator, denominator, kernel, bias) as Tensor2D;
}

/** Σ weight·x^j over each group, for j = 0 … count − 1: [groups, count]. */
function powerSums(weight: Tensor3D, x: Tensor3D, count: number): Tensor2D {
  const sums: Tensor[] = [];
  let term = weight;
  for (let j = 0; j < count; j++) {
    if (j > 0) term = mul(term, x) as Tensor3D;
    sums.push(sum(reshape(term, [x.shape[0], x.shape[1]]), 1));
  }
  return stack(sums, 1) as Tensor2D;
}
