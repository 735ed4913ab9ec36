import { cosineDecay, type LearningRateSchedule, oneCycle, stepDecay } from '@kanrecon/model';
import type { Experiment } from '../experiment/experiment.js';
import { type scheduleNames, stepDecayDefaults } from './schedule-names.js';

/**
 * The learning rate of every step of a run, counted from 0. `constant` and `step` stand still within an epoch; `cosine`
 * (after a warm-up of one twentieth) and `one-cycle` move with every step and end with the run.
 *
 * @param decay of `step`: epochs between two drops, and the factor of each
 */
export function learningRateSchedule(
  name: (typeof scheduleNames)[number],
  learningRate: number,
  stepsPerEpoch: number,
  epochs: number,
  decay: NonNullable<Experiment['stepDecay']> = stepDecayDefaults,
): LearningRateSchedule {
  const steps = stepsPerEpoch * epochs;
  switch (name) {
    case 'constant':
      return () => learningRate;
    case 'step': {
      const byEpoch = stepDecay({ initial: learningRate, step: decay.every, gamma: decay.gamma });
      return (step) => byEpoch(Math.floor(step / stepsPerEpoch));
    }
    case 'cosine':
      return cosineDecay({ initial: learningRate, steps, warmup: Math.ceil(steps / 20) });
    case 'one-cycle':
      return oneCycle({ max: learningRate, steps });
  }
}
