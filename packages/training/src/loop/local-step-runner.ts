import type { AdamW, Reconstructor } from '@kanrecon/model';
import { stepOn } from './fast-step.js';
import type { StepRunner } from './step-runner.js';

/** Carries out training steps in this thread. */
export function localStepRunner(reconstructor: Reconstructor, optimizer: AdamW): StepRunner {
  return {
    step(images, targets, { step, learningRate }) {
      optimizer.learningRate = learningRate;
      return stepOn(reconstructor, optimizer, images, targets, step);
    },
    synchronise: async () => {},
    close: async () => {},
  };
}
