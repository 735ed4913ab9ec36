/** Which weights the decay leaves alone: none (as in PyTorch), or biases and normalisation weights (rank 0 and 1). */
export type WeightDecayExempt = 'none' | 'biasAndNorm';

/** The numbers that define the step. */
export interface AdamWHyperparameters {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled decay: each step multiplies the weights by 1 − learningRate · weightDecay. */
  readonly weightDecay: number;
  readonly exempt: WeightDecayExempt;
  /** Longest that the Euclidean norm of all gradients together may be, longer ones are shortened to it; any length when left out. */
  readonly clipNorm?: number | undefined;
  /** How much of the weights' moving average stays at each step, see `swapAverages`; no average is kept when left out. */
  readonly averageDecay?: number | undefined;
}
