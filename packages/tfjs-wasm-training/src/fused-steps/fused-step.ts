import type { Tensor } from '@tensorflow/tfjs-core';
import type { GraphTensor } from '../layers-model.js';

/** One step of a model: what it reads, what it makes, how. */
export interface FusedStep {
  inputs: readonly GraphTensor[];
  outputs: readonly GraphTensor[];
  run(inputs: Tensor[]): Tensor[];
}

/** A step that was found in a model. */
export interface Match {
  step: FusedStep;
  /** Tensors that the step does not make: they lie inside it. */
  inner: readonly GraphTensor[];
}

/** In how many places a tensor is read; the model's inputs, which exist whatever is fused, in none. */
export type UseCount = (tensor: GraphTensor) => number;

/** Finds the step that makes a tensor, if it is of the kind that it knows. */
export type StepFinder = (tensor: GraphTensor, uses: UseCount) => Match | undefined;

/** Whether a tensor is read in one place only, so that nothing is missed when it is never made. */
export type UsedOnce = (tensor: GraphTensor) => boolean;
