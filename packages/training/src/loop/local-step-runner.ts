import { type AdamW, type Reconstructor, trainStep } from '@kanrecon/model';
import { fastStep } from './fast-step.js';
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
      return trainStep(reconstructor, optimizer, images, targets, { step, ...fastStep });
    },
    synchronise: async () => swap(false),
    close: async () => {},
  };
}
