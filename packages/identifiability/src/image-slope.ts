import { type ImageFunction, imageDifference, largestOf } from './image-function.js';
import { soften } from './soften.js';

/** How an image changes along one direction in the parameters. */
export interface ImageSlope {
  /** Change of every byte for a step of one (see `direction`), by central differences, softened. */
  readonly slope: Float32Array;
  /** The same from half the step, minus {@link slope}: what discretisation and curvature may have falsified. */
  readonly noise: Float32Array;
  /** Largest absolute change of any byte for a step of one, not softened. */
  readonly largest: number;
  /** The step, of a direction of one, that {@link largest} was measured with: the images compared lie this far to either side. */
  readonly step: number;
  /** The step in use is {@link largestStep} / 2^level. */
  readonly level: number;
}

/** Greatest step of the differences, for a direction in shares of the parameters' ranges. */
export const largestStep = 0.04;
/** The step's finest level; the noise is measured one further. */
const finest = 6;

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
  startLevel = 0,
): ImageSlope {
  const known = new Map<number, Difference>();
  const measure = (level: number) => {
    const found = known.get(level) ?? difference(image, at, direction, level);
    known.set(level, found);
    return found;
  };
  let level = Math.min(startLevel, finest);
  while (level > 0 && measure(level - 1).soft <= wantedChange) level--;
  while (level < finest && measure(level).soft > wantedChange) level++;
  // In the sharp image the widest step that is still narrow enough; quantisation to bytes matters least there.
  let sharpLevel = level;
  while (sharpLevel <= finest && measure(sharpLevel).sharp > 2 * wantedChange) sharpLevel++;
  const { slope } = measure(level);
  const step = stepAt(sharpLevel);
  const noise = measure(level + 1).slope.map((value, i) => value - slope[i]);
  return { slope, noise, largest: measure(sharpLevel).sharp / (2 * step), step, level };
}

interface Difference {
  slope: Float32Array;
  /** Largest change of a byte between the two ends. */
  sharp: number;
  /** The same when softened. */
  soft: number;
}

function difference(image: ImageFunction, at: Float64Array, direction: Float64Array, level: number): Difference {
  const step = stepAt(level);
  const forward = image(at.map((value, i) => value + step * direction[i]));
  const backward = image(at.map((value, i) => value - step * direction[i]));
  const slope = imageDifference(forward, backward);
  const sharp = largestOf(slope);
  if (sharp > 0) soften(slope);
  const soft = largestOf(slope);
  for (let i = 0; i < slope.length; i++) slope[i] /= 2 * step;
  return { slope, sharp, soft };
}

function stepAt(level: number): number {
  return largestStep / 2 ** level;
}
