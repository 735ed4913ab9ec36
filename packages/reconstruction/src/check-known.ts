import { type ImageLimits, imageLimits } from '@kanrecon/identifiability';
import type { Scene } from '@kanrecon/scene';
import { refuseIdleDistance } from './posterior/refuse-idle-distance.js';
import { type Known, knownBounds } from './refine/known.js';

/**
 * Refuses what is known of an object where it cannot be, or tells nothing, of any image of the scene: what `refine` refuses before it begins,
 * for programs that refine many images and want to say so once.
 *
 * @param limits what images of the scene tell; known, or measured in seconds, when left out
 * @throws KnownError if the camera's distance tells nothing; an error if a name is unknown, or a value outside the scene's range
 */
export async function checkKnown(scene: Scene, known: Known, limits?: Pick<ImageLimits, 'invariances'>): Promise<void> {
  const bounds = knownBounds('checkKnown', scene, known);
  if (bounds.distance) refuseIdleDistance('checkKnown', scene, bounds, limits ?? (await imageLimits(scene)));
}
