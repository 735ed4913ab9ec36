import { checkOptions } from './check-options.js';
import { finiteNumbers } from './finite-numbers.js';

/** Options of {@link conformalFactors}. */
export interface ConformalFactorsOptions {
  /** Shares of the truths that intervals are to hold, each above 0 and below 1; 0.5 and 0.9 when left out. */
  readonly levels?: readonly number[];
  /** Groups of similar spread, each with factors of its own; 4 when left out, fewer where there are fewer than 20 samples a group. */
  readonly groups?: number;
}

/** What predicted spreads are multiplied by, so that intervals hold what they promise: plain numbers, all of JSON. */
export interface ConformalFactors {
  readonly levels: readonly number[];
  /** The greatest spread of each group but the last, ascending. */
  readonly edges: readonly number[];
  /** By group, then by level; null where there are too few samples to promise that much of any width. */
  readonly factors: readonly (readonly (number | null)[])[];
  readonly samples: number;
}

const defaults = { levels: [0.5, 0.9], groups: 4 } as const;
const leastPerGroup = 20;

/**
 * Split conformal calibration of predictions that come with a spread (a standard deviation): factors such that the intervals
 * prediction ± factor · spread hold the promised share of truths, whatever the spreads' scale and the errors' distribution. A factor is the
 * ⌈(n + 1) · level⌉-th smallest of the n ratios |error| / spread, which makes the promise true of a fresh sample, on average over samples
 * of the same kind (Lei et al. 2018, "Distribution-Free Predictive Inference for Regression"). Groups by spread make it true where
 * predictions are sure and where they are not (Mondrian conformal prediction).
 *
 * @param errors n numbers, prediction − truth, of samples that nothing was trained on
 * @param spreads n numbers above 0
 * @throws if lengths differ, a number is not finite, there is no sample, a spread is not above 0, or an option is out of range
 */
export function conformalFactors(
  errors: ArrayLike<number>,
  spreads: ArrayLike<number>,
  options: ConformalFactorsOptions = {},
): ConformalFactors {
  checkOptions('conformalFactors', options, defaults);
  const { levels = defaults.levels, groups = defaults.groups } = options;
  const wrongLevel = levels.find((level) => !(level > 0 && level < 1));
  if (wrongLevel !== undefined) {
    throw new Error(`conformalFactors: a level is wrong; expected a number above 0 and below 1, got ${wrongLevel}`);
  }
  if (!Number.isInteger(groups) || groups < 1) {
    throw new Error(`conformalFactors: groups is wrong; expected a whole number from 1, got ${groups}`);
  }
  const misses = finiteNumbers(errors, 'conformalFactors', 'errors');
  const widths = finiteNumbers(spreads, 'conformalFactors', 'spreads');
  const samples = misses.length;
  if (widths.length !== samples) {
    throw new Error(
      `conformalFactors: errors and spreads have different lengths; expected ${samples}, got ${widths.length}`,
    );
  }
  const wrong = widths.findIndex((width) => width <= 0);
  if (wrong >= 0) throw new Error(`conformalFactors: spread ${wrong} must be above 0, got ${widths[wrong]}`);
  const count = Math.max(1, Math.min(groups, Math.floor(samples / leastPerGroup)));
  const sorted = widths.slice().sort();
  const ends = Array.from({ length: count - 1 }, (_, g) => sorted[Math.ceil(((g + 1) * samples) / count) - 1]);
  // Equal spreads are never parted.
  const edges = [...new Set(ends)].filter((edge) => edge < sorted[samples - 1]);
  const ratios: number[][] = Array.from({ length: edges.length + 1 }, () => []);
  widths.forEach((width, i) => {
    ratios[spreadGroup(edges, width)].push(Math.abs(misses[i]) / width);
  });
  const factors = ratios.map((own) => {
    own.sort((a, b) => a - b);
    return levels.map((level) => own[Math.ceil((own.length + 1) * level) - 1] ?? null);
  });
  return { levels: [...levels], edges, factors, samples };
}

/** The group that a spread belongs to. */
export function spreadGroup(edges: readonly number[], spread: number): number {
  const group = edges.findIndex((edge) => spread <= edge);
  return group < 0 ? edges.length : group;
}
