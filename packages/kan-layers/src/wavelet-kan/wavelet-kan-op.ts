import {
  add,
  concat,
  customGrad,
  div,
  expandDims,
  type GradSaveFunc,
  mul,
  neg,
  reshape,
  slice,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import { fusedKernel } from '../fused-kernel.js';
import { sumFirstAxis } from '../matrix.js';
import { type WaveletType, wavelet } from './wavelet.js';

// Every edge has its own argument (x − t)/s, so that rows × units × inputs wavelets must be computed whatever one does. They are, in
// slices of rows: of at most 2¹⁷ numbers (or one row), which bounds the memory. Slices of 2¹⁶ and 2¹⁵ took 1.3 and 1.9 times as long for
// 100 rows of 1280→6. The inputs stand last, so that everything that is broadcast is broadcast along long rows; with the rows last the
// sums over them cost 0.04 ms and not 0.15 each (16 rows), but the products with an edge's weight 0.15 and not 0.02.
// Forward + backward for 1280→6 (fastest, ms, 16 and 100 rows): mexican hat 2.2 and 12.1, morlet 3.8 and 21.6, derivative of Gaussian 1.9
// and 10.7; from tfjs' operations and its own gradients, without batch norm, 3.2 and 22.7 (mexican hat), 13.4 and 84.4 (morlet).
const sliceSize = 2 ** 17;

/** Weights of {@link waveletKANOp}, each [units, inputs]: variables, so that they outlive the forward pass. */
export interface WaveletKANWeights {
  readonly scale: Tensor2D;
  readonly translation: Tensor2D;
  readonly coefficients: Tensor2D;
}

/**
 * y[o] = Σᵢ coefficients[o,i]·ψ((x[i] − translation[o,i])/scale[o,i]), with its gradient in closed form. Only x is kept between forward
 * and backward. A scale of 0 counts as infinitely wide.
 */
export function waveletKANOp(x: Tensor2D, weights: WaveletKANWeights, type: WaveletType): Tensor2D {
  const { scale, translation, coefficients } = weights;
  const [rows, inputs] = x.shape;
  const units = scale.shape[0];
  const rowsPerSlice = Math.max(1, Math.floor(sliceSize / (units * inputs)));
  const starts = Array.from({ length: Math.max(1, Math.ceil(rows / rowsPerSlice)) }, (_, k) => k * rowsPerSlice);
  const overRows = (table: Tensor2D) => reshape(table, [1, units, inputs]) as Tensor3D;
  // 1/s, without the infinity at 0.
  const inverseScale = () => div(scale, add(square(scale), 1e-30)) as Tensor2D;
  const part = (table: Tensor2D, start: number) =>
    starts.length === 1 ? table : slice(table, [start, 0], [Math.min(rowsPerSlice, rows - start), table.shape[1]]);
  const argument = (x: Tensor2D, start: number, inverse: Tensor2D) =>
    mul(sub(expandDims(part(x, start), 1), overRows(translation)), overRows(inverse)) as Tensor3D;
  const joined = (parts: Tensor2D[]) => (parts.length === 1 ? parts[0]! : concat(parts, 0));

  const forward = (...args: (Tensor | GradSaveFunc)[]) => {
    (args[args.length - 1] as GradSaveFunc)([x]);
    const gradFunc = (dy: Tensor, saved: Tensor[]) => backward(dy as Tensor2D, saved[0] as Tensor2D);
    const fused = fusedKernel<Tensor2D>('KanWavelets');
    if (fused) return { value: fused({ x, scale, translation, weight: coefficients }, { form: type }), gradFunc };
    const inverse = inverseScale();
    const sums = starts.map((start) =>
      tidy(() => {
        const { value, valueFactor } = wavelet(argument(x, start, inverse), type, false);
        return mul(sum(mul(value, overRows(coefficients)), 2), valueFactor) as Tensor2D;
      }),
    );
    return { value: joined(sums), gradFunc };
  };

  const backward = (dy: Tensor2D, x: Tensor2D): Tensor[] => {
    const fused = fusedKernel<Tensor[]>('KanWaveletsGradient');
    if (fused) return fused({ x, scale, translation, weight: coefficients, dy }, { form: type });
    const inverse = inverseScale();
    const outer = mul(coefficients, inverse) as Tensor2D;
    const dInputs: Tensor2D[] = [];
    let totals: Tensor2D[] | null = null;
    let factors = { valueFactor: 1, slopeFactor: 1 };
    for (const start of starts) {
      const [dInput, ...sums] = tidy(() => {
        const u = argument(x, start, inverse);
        const { value, slope, ...rest } = wavelet(u, type, true);
        factors = rest;
        const dyPart = expandDims(part(dy, start), 2);
        const weighted = mul(slope!, dyPart);
        return [
          mul(sum(mul(weighted, overRows(outer)), 1), rest.slopeFactor) as Tensor2D,
          sumFirstAxis<Tensor2D>(mul(value, dyPart)),
          sumFirstAxis<Tensor2D>(weighted),
          sumFirstAxis<Tensor2D>(mul(weighted, u)),
        ];
      });
      dInputs.push(dInput!);
      totals = totals ? totals.map((total, i) => add(total, sums[i]!)) : sums;
    }
    const [byValue, bySlope, bySlopeAndArgument] = totals!;
    const edge = mul(neg(outer), factors.slopeFactor);
    return [joined(dInputs), mul(edge, bySlopeAndArgument!), mul(edge, bySlope!), mul(byValue!, factors.valueFactor)];
  };

  return customGrad(forward as Parameters<typeof customGrad>[0])(x, scale, translation, coefficients) as Tensor2D;
}
