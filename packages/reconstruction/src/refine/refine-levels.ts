import type { Coarseness } from './target-levels.js';

/** Beyond which nothing counts as an outlier. */
const never = 1000;
/** Pixels of the pictures on which guesses are compared and turned, whatever the image's size: what lies farther off is not seen on finer ones. */
const coarsest = 32;

/**
 * From coarse to fine, by squared error.
 *
 * Derivatives on the fine levels are taken to both sides: to one side only, the curvature over the step and the rounding of the pixels lead the
 * fit astray, and the median error was ten times as large (.002 to .008 of the range instead of .0003), for 40 % fewer renderings. On
 * the coarse levels one side is enough.
 */
export const squaredLevels: readonly Coarseness[] = [
  { share: 0.5, most: coarsest, blur: 2, outlier: never, step: 1, central: false, iterations: 8, gain: 0.1 },
  { share: 0.5, blur: 1, outlier: never, step: 0.5, central: true, iterations: 8, gain: 0.1 },
  { share: 1, blur: 2, outlier: never, step: 0.5, central: true, iterations: 8, gain: 0.1 },
  { share: 1, blur: 1, outlier: never, step: 0.5, central: true, iterations: 20, gain: 0.1 },
];

/**
 * Where much is left after those, or the background is a texture: Cauchy's loss from the beginning, to which what covers the object or lies behind
 * it counts less and less.
 */
export const robustLevels: readonly Coarseness[] = [
  { share: 0.5, most: coarsest, blur: 2, outlier: 100, step: 1, central: false, iterations: 8, gain: 0.02 },
  { share: 0.5, blur: 1, outlier: 30, step: 0.5, central: false, iterations: 8, gain: 0.02 },
  { share: 1, blur: 1, outlier: 10, step: 0.5, central: true, iterations: 8, gain: 0.02 },
  { share: 1, blur: 1, outlier: 3, step: 0.5, central: true, iterations: 12, gain: 0.02 },
];
