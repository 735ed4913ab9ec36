import type { AdamW, Reconstructor } from '@kanrecon/model';
import { stepOn } from './fast-step.js';
import type { StepRunner } from './step-runner.js';

/** Carries out training steps in this thread. */
export function localStepRunner(reconstructor: Reconstructor, optimizer: AdamW): StepRunner {
  // Between steps the weights' averages, if any are kept, are in the place of the weights.
  let stepping = false;
  const swap = (now: boolean) => {
    if (stepping !== now) optimizer.swapAverages(reconstructor.trainableVariables);
    stepping = now;
  };
  return {
    step(images, targets, { step, learningRate }) {
      swap(true);
      optimizer.learningRate = learningRate;
      return stepOn(reconstructor, optimizer, images, targets, step);
    },
    synchronise: async () => swap(false),
    close: async () => {},
  };
}
