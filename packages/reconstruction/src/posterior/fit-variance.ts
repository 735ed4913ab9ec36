import type { Fitted, Level } from '../refine/level.js';

/** Values of the image that noise has in common, as it is blurred before it is compared: about the area of two boxes of 3 × 3 pixels. */
const alike = 20;
/** And those that an image file's noise has in common: JPEG's blocks are of 8 × 8 pixels, of 16 × 16 for colours. */
const alikeInFiles = 150;
/** How many times the variance that the residual tells the errors have, and what they have where there is no residual. */
const scatter = 2;
const least = 0.4;

/**
 * The variance of the fit's directions, in units of the inverse information.
 *
 * Noise of the image counts as many times as values have it in common. The rest of what is left is there because the fit has come to rest beside the bottom
 * of its valley, held by the rounding of pixels: were it all due to that, its squared length is what n directions have together, so that each
 * has an n-th of it. On 100 `observable` images, in five groups by cost, errors had .4 to 2 times that variance plus .4, by parameter.
 */
export function fitVariance(
  { cost }: Pick<Fitted, 'cost'>,
  { expected, target, noise }: Pick<Level, 'expected' | 'target' | 'noise'>,
  n: number,
): number {
  return (
    least + (noise ? alikeInFiles : alike) * expected + (scatter * Math.max(0, cost - expected) * target.length) / n
  );
}
