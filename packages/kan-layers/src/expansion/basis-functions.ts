import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { BasisLayout } from '../bspline-basis.js';

/** The functions of a basis at every x. The factors are for the caller to apply where the numbers are few. */
export interface BasisValues {
  /** 'rowsFirst' [rows, count, inputs] or 'rowsLast' [count, inputs, rows]; the functions are `valueFactor · value`. */
  readonly value: Tensor3D;
  readonly valueFactor: number;
  /**
   * The derivatives by x are `slopeFactor · slope`. Null unless asked for, and in a basis with `differentiate`: there they are
   * `slopeFactor` times what the differentiated coefficients make of `value`.
   */
  readonly slope: Tensor3D | null;
  /** A number, or [1, inputs, rows] (only given in the layout 'rowsLast'). */
  readonly slopeFactor: number | Tensor3D;
}

/** What a fused kernel of a backend computes, and with its name + 'Gradient' the gradient: see fused-kernel.ts. */
export type FusedBasis =
  /** Functions e^(−v²) or 1 − tanh²(v) of v = scale·x − place, one place a function. */
  | {
      readonly kernel: 'KanRadialBasis';
      readonly attributes: {
        readonly form: 'gaussian' | 'switch';
        readonly places: readonly number[];
        readonly scale: number;
      };
    }
  /** cos x, sin x, cos 2x, sin 2x, … */
  | { readonly kernel: 'KanHarmonics'; readonly attributes: { readonly harmonics: number } };

/**
 * Functions f_1 … f_count of one number, the same on all edges of a layer, which the layer's coefficients weigh. What a fused kernel
 * of a backend could stand in for is `evaluate`.
 */
export interface BasisFunctions {
  readonly count: number;
  /** Index of the function that is 1 everywhere, if one is. */
  readonly constant?: number;
  /** Where the functions are meant to be looked at. */
  readonly range: readonly [low: number, high: number];
  /** @param x [rows, inputs] */
  evaluate(x: Tensor2D, layout: BasisLayout, withSlope: boolean): BasisValues;
  /**
   * Only where the derivatives lie in the span of the functions themselves: c' [count, n] with Σ c'_k·f_k the derivative of Σ c_k·f_k
   * (up to `slopeFactor`), which spares the slopes.
   */
  differentiate?(coefficients: Tensor2D): Tensor2D;
  /** Where a fused kernel of some backend computes them. */
  readonly fused?: FusedBasis;
  /** The functions at one x in double precision, written to `values` [count]. */
  at(x: number, values: Float64Array): void;
}
