import type { ImageFunction } from './image-function.js';
import { soften } from './soften.js';

/** How an image changes along one direction in the parameters. */
export interface ImageSlope {
  /** Change of every byte for a step of one (see `direction`), by central differences, softened. */
  readonly slope: Float32Array;
  /** The same from half the step, minus {@link slope}: what discretisation and curvature may have falsified. */
  readonly noise: Float32Array;
  /** Largest absolute change of any byte for a step of one, not softened. */
  readonly largest: number;
  /** The step in use is {@link largestStep} / 2^level. */
  readonly level: number;
}

/** Greatest step of the differences, for a direction in shares of the parameters' ranges. */
export const largestStep = 0.04;
const levels = 8;

/**
 * A contour that moves too far no longer changes the image in proportion, and one that moves by less than a few sub-samples changes
 * it in jumps. So the step is the largest (by factors of two) that changes no byte by more than this. Half the usual contrast between
 * an object and its background stands for about half a pixel in the sharp image, and for more than one in the softened one.
 */
const wantedChange = 48;

/**
 * Central differences of an image along a direction, with a step that suits the image.
 *
 * @param at parameters, in their units; `at` ± {@link largestStep} · `direction` must be valid
 * @param direction what a step of one adds to the parameters, in their units
 * @param startLevel level to try first; a neighbouring draw's answer saves rendering
 */
export function imageSlope(
  image: ImageFunction,
  at: Float64Array,
  direction: Float64Array,
  startLevel = 1,
): ImageSlope {
  let level = Math.max(0, startLevel - 1);
  let wide = difference(image, at, direction, level);
  while (wide.soft > wantedChange && level < levels - 2) wide = difference(image, at, direction, ++level);
  let narrow = difference(image, at, direction, level + 1);
  const { slope } = wide;
  const noise = narrow.slope;
  for (let i = 0; i < noise.length; i++) noise[i] -= slope[i];
  let sharpLevel = level + 1;
  while (narrow.sharp > 2 * wantedChange && sharpLevel < levels) {
    narrow = difference(image, at, direction, ++sharpLevel);
  }
  return { slope, noise, largest: narrow.sharp / (2 * stepAt(sharpLevel)), level };
}

function difference(image: ImageFunction, at: Float64Array, direction: Float64Array, level: number) {
  const step = stepAt(level);
  const forward = image(at.map((value, i) => value + step * direction[i]));
  const backward = image(at.map((value, i) => value - step * direction[i]));
  const slope = Float32Array.from(forward, (byte, i) => byte - backward[i]);
  const sharp = largestOf(slope);
  if (sharp > 0) soften(slope);
  const soft = largestOf(slope);
  for (let i = 0; i < slope.length; i++) slope[i] /= 2 * step;
  return { slope, sharp, soft };
}

function largestOf(values: Float32Array): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}

function stepAt(level: number): number {
  return largestStep / 2 ** level;
}
