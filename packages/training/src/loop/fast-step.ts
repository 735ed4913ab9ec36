import { type Reconstructor, type TrainStepOptions, trainHeadStep, trainStep } from '@kanrecon/model';
import { fusedApply, leanVariableGrads } from '@kanrecon/tfjs-wasm-training';
import type { Optimizer } from '@tensorflow/tfjs-core';

/** What makes a training step fast and small: fused groups of layers on WASM, activations freed while the gradients are computed. */
const fastStep = { apply: fusedApply, variableGrads: leanVariableGrads } satisfies Partial<TrainStepOptions>;

/**
 * A fast step on images, or on features of them where these are the batch. For the step in this thread and for those in workers alike, so
 * that both compute the same.
 */
export function stepOn(
  reconstructor: Reconstructor,
  optimizer: Optimizer,
  images: Uint8Array | Float32Array,
  targets: Float32Array,
  step: number,
): Promise<number> {
  const options = { step, ...fastStep };
  return images instanceof Float32Array
    ? trainHeadStep(reconstructor, optimizer, images, targets, options)
    : trainStep(reconstructor, optimizer, images, targets, options);
}
