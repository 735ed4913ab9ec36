import {
  abs,
  add,
  clipByValue,
  maximum,
  minimum,
  mul,
  slice,
  step,
  sub,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import { type Basis, type BasisLayout, bsplineBasis, spread, type UniformGrid } from '../bspline-basis.js';
import { type Extrapolation, edgeInset } from './extrapolation.js';

/**
 * `bsplineBasis`, continued beyond the grid's range (knot `order` to the last but `order`): not at all ('zero': the splines fall to
 * 0 by themselves), with the value at the range's end ('clamp'), or along its tangent there ('linear').
 */
export function extrapolatedBasis(
  x: Tensor2D,
  knots: Tensor2D,
  order: number,
  uniform: UniformGrid | null,
  layout: BasisLayout,
  withSlope: boolean,
  extrapolation: Extrapolation,
): Basis {
  if (extrapolation === 'zero') return bsplineBasis(x, knots, order, uniform, layout, withSlope);
  const inside = clampToRange(x, knots, order, uniform);
  const linear = extrapolation === 'linear';
  const basis = bsplineBasis(inside, knots, order, uniform, layout, withSlope || linear);
  const distance = spread(sub(x, inside) as Tensor2D, layout);
  if (linear) {
    const tangent = mul(basis.slope!, mul(distance, basis.slopeFactor / basis.valueFactor));
    return { ...basis, value: add(basis.value, tangent) as Tensor3D };
  }
  if (!withSlope) return basis;
  return { ...basis, slope: mul(basis.slope!, sub(1, step(abs(distance)))) as Tensor3D };
}

function clampToRange(x: Tensor2D, knots: Tensor2D, order: number, uniform: UniformGrid | null): Tensor2D {
  const last = knots.shape[0] - 1;
  if (uniform) {
    const low = uniform.start + order * uniform.step;
    const high = uniform.start + (last - order) * uniform.step;
    const inset = edgeInset * (high - low);
    return clipByValue(x, low + inset, high - inset);
  }
  const low = slice(knots, [order, 0], [1, -1]);
  const high = slice(knots, [last - order, 0], [1, -1]);
  const inset = mul(sub(high, low), edgeInset);
  return minimum(maximum(x, add(low, inset)), sub(high, inset)) as Tensor2D;
}
