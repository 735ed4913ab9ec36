import { mean, type Scalar, squaredDifference } from '@tensorflow/tfjs-core';
import type { HeadOutputs } from './head-spec.js';

/** One output a target, trained by squared error: the head says a number and nothing else. */
export const pointEstimate: HeadOutputs = {
  outputs: (targets) => targets,
  loss: (outputs, targets) => mean(squaredDifference(targets, outputs)) as Scalar,
  decode: (outputs) => ({ mean: outputs }),
};
