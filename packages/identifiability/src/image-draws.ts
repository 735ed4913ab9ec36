import { type ParametricSurface, parameterRecord } from '@kanrecon/geometry';
import type { Scene } from '@kanrecon/scene';
import { drawShape, drawView, renderView } from '@kanrecon/scene';
import type { FinerSettings } from './identifiability-result.js';
import type { ImageFunction } from './image-function.js';
import { largestStep } from './image-slope.js';

/** An object and its image as a function of its parameters. */
export interface ImageDraw {
  /** In the surface's order and units. */
  readonly at: Float64Array;
  readonly image: ImageFunction;
}

/** How many objects are looked at, and how. */
export interface ImageDrawOptions {
  /** Objects looked at, each from one direction, 2 to 10,000; 8 when left out. */
  readonly draws?: number;
  /** Width and height of the images in pixels, 16 to 1024; 64 when left out. */
  readonly size?: number;
  /** Anti-aliasing: samples² points a pixel, 1 to 8; 8 when left out. Fewer are faster and noisier. */
  readonly samples?: number;
  /** Seed of the objects and views; those of a data set of this seed, drawn a little away from the ends of their ranges. */
  readonly seed?: number;
  /** Images are the same for us if no byte differs by more than this, in 1/255; 4 when left out. */
  readonly tolerance?: number;
}

export const imageDrawDefaults: Required<ImageDrawOptions> = { draws: 8, size: 64, samples: 8, seed: 1, tolerance: 4 };
const limits: Record<keyof ImageDrawOptions, readonly [min: number, max: number]> = {
  draws: [2, 10_000],
  size: [16, 1024],
  samples: [1, 8],
  seed: [0, Number.MAX_SAFE_INTEGER],
  tolerance: [0, 255],
};

/** Options with their defaults. @throws if one is out of range, in the name of `caller` */
export function imageDrawOptions(caller: string, options: ImageDrawOptions): Required<ImageDrawOptions> {
  const entries = (Object.keys(imageDrawDefaults) as (keyof ImageDrawOptions)[]).map((name) => {
    const value = options[name] ?? imageDrawDefaults[name];
    const [min, max] = limits[name];
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new Error(`${caller}: ${name} is wrong; expected an integer from ${min} to ${max}, got ${value}`);
    }
    return [name, value];
  });
  return Object.fromEntries(entries);
}

/** Settings to try when the noise at some was too large: the defaults, or where all are reached more pixels and objects. */
export function finerSettings({ draws, size, samples }: FinerSettings): FinerSettings {
  const [mostDraws, mostSize] = [limits.draws[1], limits.size[1]];
  if (draws < imageDrawDefaults.draws || size < imageDrawDefaults.size || samples < imageDrawDefaults.samples) {
    return {
      draws: Math.max(draws, imageDrawDefaults.draws),
      size: Math.max(size, imageDrawDefaults.size),
      samples: Math.max(samples, imageDrawDefaults.samples),
    };
  }
  return { draws: Math.min(mostDraws, 2 * draws), size: Math.min(mostSize, 2 * size), samples };
}

/**
 * The first objects of a data set, each seen as in its first view. Noise, blur, JPEG and occluders are left out: they make reading an
 * image harder, but hide nothing from all images.
 */
export function imageDraws(scene: Scene, { draws, size, samples, seed }: Required<ImageDrawOptions>): ImageDraw[] {
  const { surface } = scene;
  return Array.from({ length: draws }, (_, draw) => {
    const { parameters, baseColor } = drawShape(scene, seed, draw);
    const view = drawView(scene, seed, draw, 0);
    const image: ImageFunction = (vector) => {
      const moved = { parameters: parameterRecord(surface, vector), baseColor };
      return renderView(scene, moved, view, { size, samples, effects: false }).image.data;
    };
    return { at: insideRanges(surface, parameters), image };
  });
}

/** The drawn parameters, moved inwards so far that a step of the differences stays inside the ranges. */
function insideRanges(surface: ParametricSurface, drawn: Readonly<Record<string, number>>): Float64Array {
  const margin = 1.25 * largestStep;
  return Float64Array.from(surface.parameters, ({ name, min, max }) => {
    const middle = (min + max) / 2;
    return middle + (drawn[name] - middle) * (1 - 2 * margin);
  });
}
