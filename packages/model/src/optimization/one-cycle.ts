import { checkOptions } from '@kanrecon/image';
import { checkSchedule, type LearningRateSchedule } from './learning-rate-schedule.js';

/** Options of {@link oneCycle}. */
export interface OneCycleOptions {
  /** Highest rate. */
  readonly max: number;
  /** Positions in all; position steps − 1 has the lowest rate. */
  readonly steps: number;
  /** Positions of the rise; three tenths of `steps` when left out. */
  readonly warmup?: number;
  /** The first rate is max / divFactor. */
  readonly divFactor?: number;
  /** The last rate is max / divFactor / finalDivFactor. */
  readonly finalDivFactor?: number;
}

/** PyTorch's. */
const defaults = { divFactor: 25, finalDivFactor: 1e4 };

/** Half a cosine up, half a cosine down: PyTorch's OneCycleLR with its defaults (the momentum is left alone; arXiv 1708.07120). */
export function oneCycle(options: OneCycleOptions): LearningRateSchedule {
  checkOptions('oneCycle', options, { ...defaults, max: 1, steps: 1, warmup: 1 });
  const { max, steps, warmup = 0.3 * steps } = options;
  const { divFactor = defaults.divFactor, finalDivFactor = defaults.finalDivFactor } = options;
  checkSchedule('oneCycle', { max, warmup });
  checkSchedule('oneCycle', { steps, divFactor, finalDivFactor }, 1);
  const first = max / divFactor;
  const last = first / finalDivFactor;
  const top = Math.max(0, warmup - 1);
  return (position) => {
    if (position <= top && top > 0) return anneal(first, max, position / top);
    return anneal(max, last, Math.min(1, (position - top) / Math.max(1e-9, steps - 1 - top)));
  };
}

function anneal(from: number, to: number, fraction: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * fraction))) / 2;
}
