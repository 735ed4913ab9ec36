import { checkOptions } from '@kanrecon/image';
import { checkSchedule, type LearningRateSchedule } from './learning-rate-schedule.js';

/** Options of {@link stepDecay}. */
export interface StepDecayOptions {
  /** Rate at position 0. */
  readonly initial: number;
  /** Positions between two drops. */
  readonly step?: number;
  /** Factor of each drop. */
  readonly gamma?: number;
}

/** The study's: every 20 epochs to .7 of the rate. */
const defaults = { step: 20, gamma: 0.7 };

/** initial · gamma^⌊position / step⌋: PyTorch's StepLR. The study counts positions in epochs. */
export function stepDecay(options: StepDecayOptions): LearningRateSchedule {
  checkOptions('stepDecay', options, { ...defaults, initial: 1 });
  const { initial, step = defaults.step, gamma = defaults.gamma } = options;
  checkSchedule('stepDecay', { initial, gamma });
  checkSchedule('stepDecay', { step }, 1);
  return (position) => initial * gamma ** Math.floor(position / step);
}
