import { checkOptions } from '@kanrecon/image';
import { checkSchedule, type LearningRateSchedule } from './learning-rate-schedule.js';

/** Options of {@link cosineDecay}. */
export interface CosineDecayOptions {
  /** Highest rate, reached when the warm-up ends. */
  readonly initial: number;
  /** Positions in all, the warm-up included; beyond them the rate stays at `final`. */
  readonly steps: number;
  /** Positions of linear warm-up; the first of them has rate initial / warmup. */
  readonly warmup?: number;
  /** Lowest rate, at the end. */
  readonly final?: number;
}

const defaults = { warmup: 0, final: 0 };

/** Linear warm-up, then half a cosine from `initial` down to `final` (SGDR without restarts, arXiv 1608.03983). */
export function cosineDecay(options: CosineDecayOptions): LearningRateSchedule {
  checkOptions('cosineDecay', options, { ...defaults, initial: 1, steps: 1 });
  const { initial, steps, warmup = defaults.warmup, final = defaults.final } = options;
  checkSchedule('cosineDecay', { initial, warmup, final });
  checkSchedule('cosineDecay', { steps }, 1);
  return (position) => {
    if (position < warmup) return (initial * (position + 1)) / warmup;
    const progress = Math.min(1, (position - warmup) / Math.max(1, steps - warmup));
    return final + ((initial - final) * (1 + Math.cos(Math.PI * progress))) / 2;
  };
}
