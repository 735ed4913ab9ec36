import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

/** Weights of the random-feature Fourier layer: variables, so that they outlive the forward pass. */
export interface FourierKANWeights {
  /** [inputs, M] */
  readonly frequencies: Tensor2D;
  /** [M] */
  readonly phases: Tensor1D;
  /** [2M, inputs] */
  readonly combination: Tensor2D;
  /** [inputs] */
  readonly combinationBias: Tensor1D;
  /** Scalar, the factor of the base branch. */
  readonly alpha: Tensor;
  /** Scalar, the factor of the Fourier branch. */
  readonly beta: Tensor;
  /** [inputs, units] */
  readonly kernel: Tensor2D;
  /** [units] */
  readonly bias: Tensor1D;
  /** [inputs] each; null: no layer norm. */
  readonly gamma: Tensor1D | null;
  readonly shift: Tensor1D | null;
}
