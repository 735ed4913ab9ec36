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
} from '@tensorflow/tfjs-core';
import type { BaseActivation } from './base-activation.js';
import { bsplineBasis, type UniformGrid } from './bspline-basis.js';
import { longTransposeMatMul, matMulTransposed } from './matrix.js';

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
): Tensor2D {
  const { base, spline, scale, knots } = weights;
  const [count, inputs, units] = spline.shape;
  const { value, derivative } = activation;
  const rows = x.shape[0];
  const coefficients = () => {
    const scaled = scale ? mul(spline, reshape(scale, [1, inputs, units])) : spline;
    return reshape(scaled, [count * inputs, units]) as Tensor2D;
  };
  const flat = (basis: Tensor) => reshape(basis, [rows, count * inputs]) as Tensor2D;

  const forward = (...args: (Tensor | GradSaveFunc)[]) => {
    const save = args[args.length - 1] as GradSaveFunc;
    save([x]);
    const { value: basis } = bsplineBasis(x, knots, order, uniform, false);
    let y = matMul(flat(basis), coefficients());
    if (derivative) y = add(y, matMul(value(x), base));
    return { value: y, gradFunc: (dy: Tensor, saved: Tensor[]) => backward(dy as Tensor2D, saved[0] as Tensor2D) };
  };

  const backward = (dy: Tensor2D, x: Tensor2D): Tensor[] => {
    const { value: basis, slope } = bsplineBasis(x, knots, order, uniform, true);
    const dCoefficients = reshape(longTransposeMatMul(flat(basis), dy), spline.shape) as Tensor3D;
    const dBasis = reshape(matMulTransposed(dy, coefficients()), slope!.shape);
    let dx = sum(mul(dBasis, slope!), 1) as Tensor2D;
    const gradients: Tensor[] = [];
    if (derivative) {
      dx = add(dx, mul(matMulTransposed(dy, base), derivative(x)));
      gradients.push(longTransposeMatMul(value(x), dy));
    }
    if (scale) {
      gradients.push(mul(dCoefficients, reshape(scale, [1, inputs, units])), sum(mul(dCoefficients, spline), 0));
    } else {
      gradients.push(dCoefficients);
    }
    return [dx, ...gradients];
  };

  const operands = [x, ...(derivative ? [base] : []), spline, ...(scale ? [scale] : [])];
  const y = customGrad(forward as Parameters<typeof customGrad>[0])(...operands) as Tensor2D;
  // An activation without a closed-form derivative is left to TensorFlow.js.
  return derivative ? y : add(y, matMul(value(x), base));
}
