import {
  abs,
  add,
  clipByValue,
  mul,
  relu,
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
  const { inside, within } = clampToRange(x, knots, order, uniform);
  const linear = extrapolation === 'linear';
  const basis = bsplineBasis(inside, knots, order, uniform, layout, withSlope || linear);
  if (linear) {
    const distance = spread(sub(x, inside) as Tensor2D, layout);
    const tangent = mul(basis.slope!, mul(distance, basis.slopeFactor / basis.valueFactor));
    return { ...basis, value: add(basis.value, tangent) as Tensor3D };
  }
  return withSlope ? { ...basis, slope: mul(basis.slope!, spread(within(), layout)) as Tensor3D } : basis;
}

/** x moved into the range, and where it was there already: 1, elsewhere 0. */
interface Clamped {
  readonly inside: Tensor2D;
  within(): Tensor2D;
}

function clampToRange(x: Tensor2D, knots: Tensor2D, order: number, uniform: UniformGrid | null): Clamped {
  const last = knots.shape[0] - 1;
  if (uniform) {
    const low = uniform.start + order * uniform.step;
    const high = uniform.start + (last - order) * uniform.step;
    const inset = edgeInset * (high - low);
    const inside = clipByValue(x, low + inset, high - inset);
    return { inside, within: () => sub(1, step(abs(sub(x, inside)))) as Tensor2D };
  }
  const ends = [slice(knots, [order, 0], [1, -1]), slice(knots, [last - order, 0], [1, -1])] as const;
  const inset = mul(sub(ends[1], ends[0]), edgeInset);
  const low = add(ends[0], inset);
  const high = sub(ends[1], inset);
  // Minimum and maximum broadcast slowly on WASM (5 ms for [16, 1280]). In this order a huge x leaves no rounding error behind.
  const aboveLow = sub(x, low);
  const belowHigh = sub(high, add(low, relu(aboveLow)));
  return {
    inside: sub(high, relu(belowHigh)) as Tensor2D,
    within: () => mul(step(aboveLow), step(belowHigh)) as Tensor2D,
  };
}
