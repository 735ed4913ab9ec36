import { checkOptions } from '@kanrecon/geometry';
import type { Scene } from '@kanrecon/scene';
import { analyseImages } from './analyse-images.js';
import type { Identifiability } from './identifiability-result.js';
import {
  finerSettings,
  type ImageDrawOptions,
  imageDrawDefaults,
  imageDrawOptions,
  imageDraws,
} from './image-draws.js';

/** Options of {@link identifiability}. */
export interface IdentifiabilityOptions extends ImageDrawOptions {
  /** Told how many of the draws have been looked at. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * What the images of a scene tell of the shape parameters, and what they cannot: which parameters or combinations leave no trace
 * at all, and how strongly the others show. Nothing about the surface is known beforehand: random objects are drawn, the Jacobian of
 * each one's image is measured, directions without a trace that are the same law at every draw are looked for, and each is checked
 * by rendering objects moved along it as far as the ranges allow. The camera is fitted anew where the scene fits it. Noise, blur,
 * JPEG and occluders are left out: they make reading an image harder, but hide nothing from all images. Where images are too coarse
 * to tell a weak direction from none, the result says so: see `undecided` and `finer`.
 *
 * @throws if an option is out of range; the signal's reason if it is aborted
 */
export async function identifiability(scene: Scene, options: IdentifiabilityOptions = {}): Promise<Identifiability> {
  checkOptions('identifiability', options, { ...imageDrawDefaults, onProgress: 1, signal: 1 });
  const { onProgress, signal } = options;
  const { tolerance, ...how } = imageDrawOptions('identifiability', options);
  const images = imageDraws(scene, { tolerance, ...how });
  const found = await analyseImages(scene.surface.parameters, images, { tolerance, onProgress, signal });
  const finer = found.undecided > 0 ? finerSettings(how) : null;
  return { scene: scene.name, surface: scene.surface.name, ...how, tolerance, finer, ...found };
}
