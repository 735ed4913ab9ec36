import {
  add,
  customGrad,
  type GradSaveFunc,
  matMul,
  mul,
  reshape,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  transpose,
} from '@tensorflow/tfjs-core';
import type { BaseActivation } from './base-activation.js';
import type { UniformGrid } from './bspline-basis.js';
import { extrapolatedBasis } from './grids/extrapolated-basis.js';
import type { Extrapolation } from './grids/extrapolation.js';
import { longTransposeMatMul, matMulTransposed } from './matrix.js';

// Tried for the sums over the basis: halving by slices and additions, 0.5 ms on WASM where tf.sum takes 0.2 ([8, 1280, 16]) and 3.3
// for 1.7 ([8, 512, 256]). Most of the forward pass for 512→256 is XNNPACK packing the folded coefficients, each call.

/** Weights of {@link efficientKANOp}: variables, so that they outlive the forward pass. */
export interface EfficientKANWeights {
  /** [inputs, units] */
  readonly base: Tensor2D;
  /** [basis, inputs, units] */
  readonly spline: Tensor3D;
  /** [inputs, units], multiplies `spline`; null for 1. */
  readonly scale: Tensor2D | null;
  /** [knots, inputs] */
  readonly knots: Tensor2D;
}

/**
 * y = act(x)·base + basis(x)·(scale · spline), with its gradient in closed form. Between forward and backward only x is kept:
 * the basis, basis × as large, is computed again.
 */
export function efficientKANOp(
  x: Tensor2D,
  weights: EfficientKANWeights,
  order: number,
  uniform: UniformGrid | null,
  activation: BaseActivation,
  extrapolation: Extrapolation,
): Tensor2D {
  const { base, spline, scale, knots } = weights;
  const [count, inputs, units] = spline.shape;
  const { value, withDerivative } = activation;
  const rows = x.shape[0];
  const coefficients = () => {
    const scaled = scale ? mul(spline, reshape(scale, [1, inputs, units])) : spline;
    return reshape(scaled, [count * inputs, units]) as Tensor2D;
  };

  const forward = (...args: (Tensor | GradSaveFunc)[]) => {
    const save = args[args.length - 1] as GradSaveFunc;
    save([x]);
    const basis = extrapolatedBasis(x, knots, order, uniform, 'rowsFirst', false, extrapolation);
    let y = matMul(reshape(basis.value, [rows, count * inputs]) as Tensor2D, coefficients());
    if (basis.valueFactor !== 1) y = mul(y, basis.valueFactor);
    if (withDerivative) y = add(y, matMul(value(x), base));
    return { value: y, gradFunc: (dy: Tensor, saved: Tensor[]) => backward(dy as Tensor2D, saved[0] as Tensor2D) };
  };

  const backward = (dy: Tensor2D, x: Tensor2D): Tensor[] => {
    const basis = extrapolatedBasis(x, knots, order, uniform, 'rowsLast', true, extrapolation);
    const dyScaled = basis.valueFactor === 1 ? dy : mul(dy, basis.valueFactor);
    const dyTransposed = transpose(dy) as Tensor2D;
    const flat = reshape(basis.value, [count * inputs, rows]) as Tensor2D;
    const dCoefficients = reshape(matMul(flat, dyScaled), spline.shape) as Tensor3D;
    const dBasis = reshape(matMul(coefficients(), dyTransposed), [count, inputs, rows]);
    const dSplines = transpose(sum(mul(dBasis, basis.slope!), 0));
    let dx = basis.slopeFactor === 1 ? dSplines : mul(dSplines, basis.slopeFactor);
    const gradients: Tensor[] = [];
    if (withDerivative) {
      const activated = withDerivative(x);
      dx = add(dx, mul(matMulTransposed(dy, base), activated.derivative));
      gradients.push(longTransposeMatMul(activated.value, dy));
    }
    if (scale) {
      gradients.push(mul(dCoefficients, reshape(scale, [1, inputs, units])), sum(mul(dCoefficients, spline), 0));
    } else {
      gradients.push(dCoefficients);
    }
    return [dx, ...gradients];
  };

  const operands = [x, ...(withDerivative ? [base] : []), spline, ...(scale ? [scale] : [])];
  const y = customGrad(forward as Parameters<typeof customGrad>[0])(...operands) as Tensor2D;
  // An activation without a closed-form derivative is left to TensorFlow.js.
  return withDerivative ? y : add(y, matMul(value(x), base));
}
