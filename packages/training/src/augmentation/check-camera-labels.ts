import type { Scene } from '@kanrecon/scene';
import { TrainingError } from '../training-error.js';
import type { Augmentation } from './augmentations.js';

/** What changes where an image seems to be taken from. */
const geometric: readonly Augmentation[] = ['mirror', 'turns', 'rotate'];

/**
 * For a network that is to find the camera too. A mirrored or turned image is that of another camera. So is one with other hues where
 * hues name the place on the object: a turn of .1 looks like a camera 30° further round, but only to within 4°, as shading and tone
 * curve are not turned along (measured by rendering), so the label cannot be corrected either.
 *
 * @throws TrainingError `false-camera-labels` if augmentation would make the camera's labels of such images false
 */
export function checkCameraLabels(augmentation: readonly Augmentation[], scene: Scene): void {
  const moving = [...geometric, ...(scene.pattern === 'hue-wheel' ? (['hue'] as const) : [])];
  const wrong = augmentation.filter((part) => moving.includes(part));
  if (wrong.length === 0) return;
  const others = augmentation.filter((part) => !wrong.includes(part));
  throw new TrainingError(
    'false-camera-labels',
    { augmentation, wrong, others, scene: scene.name },
    `checkCameraLabels: ${wrong.join(', ')} would make the labels of the camera false: images of the scene ${scene.name} that are changed so are those of another camera; expected augmentation without it, or camera false`,
  );
}
