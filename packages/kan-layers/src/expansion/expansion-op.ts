import {
  add,
  customGrad,
  type GradSaveFunc,
  matMul,
  mul,
  reshape,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  transpose,
} from '@tensorflow/tfjs-core';
import { fusedKernel } from '../fused-kernel.js';
import { sumFirstAxis, withOwnData } from '../matrix.js';
import type { BasisFunctions, FusedBasis } from './basis-functions.js';

// Layouts as in the B-spline layer: forward [rows, count, inputs], whose product with the coefficients is the output, and where the
// coefficients' own tensor is the right-hand side, so that XNNPACK keeps it packed from one inference to the next (0.1 ms for
// 1280→6 with 8 functions, 0.3 when packed anew); backward [count, inputs, rows], where both products have a small right-hand side and
// come out as they are needed.
// Where the derivatives lie in the basis' span, the coefficients are differentiated, which does not grow with the rows as slopes do.
// Forward + backward for 1280→6 (fastest, ms, 16 and 100 rows): Chebyshev 1.0 and 4.1, classic Fourier 2.0 and 8.9, FastKAN 2.2 and 11.7,
// FasterKAN 1.7 and 9.4; from tfjs' operations and its own gradients 14.6 and 81.6, 15.6 and 89.6, 7.8 and 48.9, 7.3 and 49.9.

/**
 * y[o] = bias[o] + Σᵢ Σ_k coefficients[k,i,o]·f_k(x[i]), with its gradient in closed form. Between forward and backward only x is
 * kept: the basis, count × as large, is computed again.
 *
 * @param coefficients [count, inputs, units]
 */
export function expansionOp(
  x: Tensor2D,
  coefficients: Tensor3D,
  bias: Tensor1D | null,
  basis: BasisFunctions,
): Tensor2D {
  const [count, inputs, units] = coefficients.shape;
  const rows = x.shape[0];

  const forward = (...args: (Tensor | GradSaveFunc)[]) => {
    const save = args[args.length - 1] as GradSaveFunc;
    save([x]);
    const fused = basis.fused && fusedKernel<Tensor3D>(basis.fused.kernel);
    const { value, valueFactor } = fused
      ? { value: fused({ x }, basis.fused!.attributes), valueFactor: 1 }
      : basis.evaluate(x, 'rowsFirst', false);
    const table = reshape(value, [rows, count * inputs]) as Tensor2D;
    let y = matMul(table, reshape(coefficients, [count * inputs, units]) as Tensor2D);
    if (valueFactor !== 1) y = mul(y, valueFactor);
    if (bias) y = add(y, bias);
    return { value: y, gradFunc: (dy: Tensor, saved: Tensor[]) => backward(dy as Tensor2D, saved[0] as Tensor2D) };
  };

  const backward = (dy: Tensor2D, x: Tensor2D): Tensor[] => {
    const fused = basis.fused && fusedKernel<Tensor[]>(`${basis.fused.kernel}Gradient`);
    if (fused) return fusedBackward(dy, x, basis.fused!.attributes, fused);
    const { value, valueFactor, slope, slopeFactor } = basis.evaluate(x, 'rowsLast', true);
    const table = reshape(value, [count * inputs, rows]) as Tensor2D;
    const scaled = valueFactor === 1 ? withOwnData(dy) : mul(dy, valueFactor);
    const dCoefficients = reshape(matMul(table, scaled), [count, inputs, units]);
    const byFunction = reshape(coefficients, [count, inputs * units]) as Tensor2D;
    const weights = basis.differentiate ? basis.differentiate(byFunction) : byFunction;
    const dBasis = matMul(reshape(weights, [count * inputs, units]) as Tensor2D, transpose(dy) as Tensor2D);
    const flatSlope = slope ? reshape(slope, [count * inputs, rows]) : table;
    const dSum = sumFirstAxis(reshape(mul(dBasis, flatSlope), [count, inputs, rows]));
    const factor = typeof slopeFactor === 'number' ? slopeFactor : reshape(slopeFactor, [inputs, rows]);
    const dx = transpose(factor === 1 ? dSum : mul(dSum, factor));
    return [dx, dCoefficients, ...(bias ? [sumFirstAxis<Tensor1D>(dy)] : [])];
  };

  /** Where the backend has the kernel, it also has products with transposed operands that need no copy of them. */
  const fusedBackward = (
    dy: Tensor2D,
    x: Tensor2D,
    attributes: FusedBasis['attributes'],
    kernel: NonNullable<ReturnType<typeof fusedKernel<Tensor[]>>>,
  ): Tensor[] => {
    const flat = reshape(coefficients, [count * inputs, units]) as Tensor2D;
    const dBasis = reshape(matMul(dy, flat, false, true), [rows, count, inputs]);
    const [value, dx] = kernel({ x, dBasis }, attributes) as [Tensor, Tensor];
    const dCoefficients = matMul(reshape(value, [rows, count * inputs]) as Tensor2D, dy, true);
    return [dx, reshape(dCoefficients, [count, inputs, units]), ...(bias ? [sumFirstAxis<Tensor1D>(dy)] : [])];
  };

  const operands = [x, coefficients, ...(bias ? [bias] : [])];
  return customGrad(forward as Parameters<typeof customGrad>[0])(...operands) as Tensor2D;
}
