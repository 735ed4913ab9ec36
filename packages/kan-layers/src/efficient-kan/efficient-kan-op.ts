import {
  add,
  customGrad,
  type GradSaveFunc,
  matMul,
  mul,
  reshape,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  transpose,
} from '@tensorflow/tfjs-core';
import type { BaseActivation } from '../base-activation.js';
import type { UniformGrid } from '../bspline-basis.js';
import { extrapolatedBasis } from '../grids/extrapolated-basis.js';
import type { Extrapolation } from '../grids/extrapolation.js';
import { longTransposeMatMul, matMulTransposed, sumFirstAxis, withOwnData } from '../matrix.js';

// Sums over the basis by `sumFirstAxis`: forward + backward took 21.3 ms with tf.sum and 19.6 with it for 512→256→128→64→32→6 at 16 rows, 15.4
// and 14.9 for 1280→6 at 100 (WASM, fastest of 50); halving by slices and additions was slower than either. Most of the forward pass for
// 512→256 is XNNPACK packing the folded coefficients, each call.

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
    const dyScaled = basis.valueFactor === 1 ? withOwnData(dy) : mul(dy, basis.valueFactor);
    const dyTransposed = transpose(dy) as Tensor2D;
    const flat = reshape(basis.value, [count * inputs, rows]) as Tensor2D;
    const dCoefficients = reshape(matMul(flat, dyScaled), spline.shape) as Tensor3D;
    const dBasis = reshape(matMul(coefficients(), dyTransposed), [count, inputs, rows]);
    const dSplines = transpose(sumFirstAxis(mul(dBasis, basis.slope!)));
    let dx = basis.slopeFactor === 1 ? dSplines : mul(dSplines, basis.slopeFactor);
    const gradients: Tensor[] = [];
    if (withDerivative) {
      const activated = withDerivative(x);
      dx = add(dx, mul(matMulTransposed(dy, base), activated.derivative));
      gradients.push(longTransposeMatMul(activated.value === x ? withOwnData(x) : activated.value, dy));
    }
    if (scale) {
      gradients.push(mul(dCoefficients, reshape(scale, [1, inputs, units])), sumFirstAxis(mul(dCoefficients, spline)));
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
