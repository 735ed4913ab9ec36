import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { GridVariables } from '../efficient-kan/efficient-kan.js';

/** Knots [knots, inputs] and coefficients [basis, inputs, units], row-major. */
export interface GridNumbers {
  readonly knots: Float32Array;
  readonly coefficients: Float32Array;
}

/** Reads a layer's knots and coefficients; on every backend. */
export async function readGrid({ grid, spline }: GridVariables): Promise<GridNumbers> {
  const [knots, coefficients] = await Promise.all([grid.read().data(), spline.read().data()]);
  return { knots: Float32Array.from(knots), coefficients: Float32Array.from(coefficients) };
}

/** Writes both, or with one of them unfit neither. */
export function writeGrid({ grid, spline }: GridVariables, { knots, coefficients }: GridNumbers): void {
  tidy(() => {
    const values: Tensor[] = [tensor(knots, grid.shape as number[]), tensor(coefficients, spline.shape as number[])];
    grid.write(values[0]!);
    spline.write(values[1]!);
  });
}

/** @throws if a number is not finite, or an input's knots do not ascend */
export function checkGrid(who: string, { knots, coefficients }: GridNumbers, inputs: number): void {
  const bad = coefficients.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new Error(
      `${who}: a new coefficient is ${coefficients[bad]}; expected finite numbers, so nothing was changed`,
    );
  }
  for (let k = 0; k < knots.length; k++) {
    const ascends = k < inputs || knots[k]! > knots[k - inputs]!;
    if (Number.isFinite(knots[k]) && ascends) continue;
    throw new Error(
      `${who}: the new knots of input ${k % inputs} do not ascend; expected them finite and apart, got ${knots[k]} after ` +
        `${knots[k - inputs]}, so nothing was changed`,
    );
  }
}
