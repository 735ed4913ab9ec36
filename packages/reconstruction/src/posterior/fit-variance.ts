import type { Fitted, Level } from '../refine/level.js';

/** Values of the image that noise has in common, as it is blurred before it is compared: about the area of two boxes of 3 × 3 pixels. */
const alike = 20;
/** How many times the variance that the residual tells the errors have, and what they have where there is no residual. */
const scatter = 2;
const least = 0.4;

/**
 * The variance of the directions of a fit to a clean or evenly noisy image, in units of the inverse information; of others see `blockInformation`.
 *
 * Noise of the image counts as many times as values have it in common. The rest of what is left is there because the fit has come to rest beside the bottom
 * of its valley, held by the rounding of pixels: were it all due to that, its squared length is what n directions have together, so that each
 * has an n-th of it. On 100 `observable` images, in five groups by cost, errors had .4 to 2 times that variance plus .4, by parameter.
 */
export function fitVariance(
  { cost }: Pick<Fitted, 'cost'>,
  { expected, target }: Pick<Level, 'expected' | 'target'>,
  n: number,
): number {
  return least + alike * expected + (scatter * Math.max(0, cost - expected) * target.length) / n;
}
