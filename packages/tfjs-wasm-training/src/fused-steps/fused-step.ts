import type { Tensor } from '@tensorflow/tfjs-core';
import type { GraphTensor } from '../layers-model.js';

/** One step of a model in training mode: what it reads, what it makes, how. */
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

/** Whether a tensor is read in one place only, so that nothing is missed when it is never made. */
export type UsedOnce = (tensor: GraphTensor) => boolean;
