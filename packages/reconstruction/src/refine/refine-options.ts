import { checkOptions, type OptionNames } from '@kanrecon/geometry';
import type { ImageLimits } from '@kanrecon/identifiability';
import type { FitImageOptions } from '@kanrecon/image';
import { checkCalibration, type RefineCalibration } from '../posterior/calibration.js';
import type { Known } from './known.js';
import type { RefineProgress } from './refine-progress.js';

/** Options of `refine`. */
export interface RefineOptions {
  /**
   * Renderings to be spent at most, about; 2,000 when left out. What was begun is ended, and one start always is, which takes some
   * hundreds.
   */
  readonly budget?: number;
  /**
   * Width and height of the pictures that are compared, from 32 to 256 pixels; the image's own where it is smaller. When left out the image's
   * own up to 128, and of larger ones the largest whole fraction up to that: so that both lie between the same samples.
   */
  readonly size?: number;
  /** Of the guesses and of the posterior's samples. The same seed gives the same numbers. */
  readonly seed?: number;
  /** Samples of the posterior; 400 when left out. */
  readonly samples?: number;
  /** What is known besides the image. */
  readonly known?: Known;
  /** What images of the scene can tell at all; measured where it is not known of the scene. */
  readonly limits?: Pick<ImageLimits, 'invariances' | 'combinations'>;
  /**
   * What makes the intervals hold what they promise. When left out, what was measured of the scenes `study`, `observable` and `fluted`, for clean
   * images, before the scene's own background, that are compared at their own size and of which nothing else is known; false for none.
   */
  readonly calibration?: RefineCalibration | false;
  /** How an image that is not square is completed; with the colour of its own border when left out. */
  readonly fit?: FitImageOptions;
  readonly onProgress?: (progress: RefineProgress) => void;
  readonly signal?: AbortSignal;
}

const defaults = { budget: 2000, seed: 1, samples: 400 } as const;
/** The options of `refine`, by name. */
export const refineOptionNames: OptionNames<RefineOptions> = {
  ...defaults,
  size: 1,
  calibration: 1,
  known: 1,
  limits: 1,
  fit: 1,
  onProgress: 1,
  signal: 1,
};
const ranges = {
  budget: [1, 1e9],
  size: [32, 256],
  seed: [0, Number.MAX_SAFE_INTEGER],
  samples: [1, 1e6],
} as const;

/**
 * The options with their defaults; `size` is by the image where it is not given, see `refineImage`.
 *
 * @throws if one is misspelt, or no whole number in its range
 */
export function refineOptions(
  options: RefineOptions,
): RefineOptions & Required<Pick<RefineOptions, keyof typeof defaults>> {
  checkOptions('refine', options, refineOptionNames);
  const { budget = defaults.budget, seed = defaults.seed, samples = defaults.samples } = options;
  const numbers = { budget, seed, samples };
  const given = { ...numbers, ...(options.size !== undefined && { size: options.size }) };
  for (const [name, value] of Object.entries(given)) {
    const [min, max] = ranges[name as keyof typeof ranges];
    if (Number.isInteger(value) && value >= min && value <= max) continue;
    throw new Error(`refine: ${name} is wrong; expected a whole number from ${min} to ${max}, got ${value}`);
  }
  if (options.calibration) checkCalibration('refine', options.calibration);
  return { ...options, ...numbers };
}
