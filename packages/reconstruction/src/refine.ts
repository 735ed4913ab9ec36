import type { InputImage } from '@kanrecon/image';
import type { Scene } from '@kanrecon/scene';
import { attempt } from './refine/attempt.js';
import type { RefineOptions } from './refine/refine-options.js';
import type { RefineStart } from './refine/refine-start.js';
import type { Refinement } from './refine/refinement.js';

/**
 * From a rough answer to an exact one: fits a rendering of the scene to the image (analysis by synthesis), and says what the image
 * leaves open. Shape, camera, base colour and what else the scene draws at random are sought, from many guesses on coarse pictures to
 * one on the finest, by Levenberg-Marquardt's method; where much is left in the end, once more with a loss that outliers do not bend.
 * Deterministic. docs/refinement.md has the method and its sources.
 *
 * @param image of any size from 32 pixels on, RGB or RGBA bytes; neither it nor the start is changed
 * @throws KnownError if the image says that the camera cannot be as far away as it is known to be, or that tells nothing; if an option, the start or the image is wrong; `signal.reason` when aborted
 */
export function refine(
  image: InputImage,
  start: RefineStart,
  scene: Scene,
  options: RefineOptions = {},
): Promise<Refinement> {
  return attempt(image, start, scene, options);
}
