import { type ParametricSurface, parameterRecord } from '@kanrecon/geometry';
import type { DatasetPreset } from '../dataset-preset.js';
import { drawShape } from '../draw-shape.js';
import { drawView } from '../draw-view.js';
import { renderView } from '../render-view.js';
import { analyseImages } from './analyse-images.js';
import type { Identifiability } from './identifiability-result.js';
import type { ImageFunction } from './image-function.js';
import { largestStep } from './image-slope.js';

/** Options of {@link identifiability}. */
export interface IdentifiabilityOptions {
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
  /** Told how many of the draws have been looked at. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

const defaults = { draws: 8, size: 64, samples: 8, seed: 1, tolerance: 4 } as const;

/**
 * What the images of a preset tell of the shape parameters, and what they cannot: which parameters or combinations leave no trace
 * at all, and how strongly the others show. Nothing about the surface is known beforehand: random objects are drawn, the Jacobian of
 * each one's image is measured, directions without a trace that are the same law at every draw are looked for, and each is checked
 * by rendering objects moved along it as far as the ranges allow. The camera is fitted anew where the preset fits it. Noise, blur,
 * JPEG and occluders are left out: they make reading an image harder, but hide nothing from all images.
 *
 * @throws if an option is out of range; the signal's reason if it is aborted
 */
export async function identifiability(
  preset: DatasetPreset,
  options: IdentifiabilityOptions = {},
): Promise<Identifiability> {
  const { onProgress, signal } = options;
  const given = {
    ...defaults,
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  };
  const { draws, size, samples, seed, tolerance } = given;
  checkInteger('draws', draws, 2, 10_000);
  checkInteger('size', size, 16, 1024);
  checkInteger('samples', samples, 1, 8);
  checkInteger('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  checkInteger('tolerance', tolerance, 0, 255);
  const { surface } = preset;
  const images = Array.from({ length: draws }, (_, draw) => {
    const { parameters, baseColor } = drawShape(preset, seed, draw);
    const view = drawView(preset, seed, draw, 0);
    const image: ImageFunction = (vector) => {
      const moved = { parameters: parameterRecord(surface, vector), baseColor };
      return renderView(preset, moved, view, { size, samples, effects: false }).image.data;
    };
    return { at: insideRanges(surface, parameters), image };
  });
  const found = await analyseImages(surface.parameters, images, { tolerance, onProgress, signal });
  return { preset: preset.name, surface: surface.name, draws, size, samples, seed, tolerance, ...found };
}

/** The drawn parameters, moved inwards so far that a step of the differences stays inside the ranges. */
function insideRanges(surface: ParametricSurface, drawn: Readonly<Record<string, number>>): Float64Array {
  const margin = 1.25 * largestStep;
  return Float64Array.from(surface.parameters, ({ name, min, max }) => {
    const middle = (min + max) / 2;
    return middle + (drawn[name] - middle) * (1 - 2 * margin);
  });
}

function checkInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new Error(`identifiability: ${name} is wrong; expected an integer from ${min} to ${max}, got ${value}`);
}
