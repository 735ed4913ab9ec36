import { type AdamW, type Reconstructor, trainStep } from '@kanrecon/model';
import { fastStep } from './fast-step.js';
import type { StepRunner } from './step-runner.js';

/** Carries out training steps in this thread. */
export function localStepRunner(reconstructor: Reconstructor, optimizer: AdamW): StepRunner {
  return {
    step(images, targets, { step, learningRate }) {
      optimizer.learningRate = learningRate;
      return trainStep(reconstructor, optimizer, images, targets, { step, ...fastStep });
    },
    synchronise: async () => {},
    close: async () => {},
  };
}
