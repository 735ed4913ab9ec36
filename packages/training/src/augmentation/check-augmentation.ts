import type { Scene } from '@kanrecon/scene';
import { TrainingError } from '../training-error.js';
import type { Augmentation } from './augmentations.js';
import { checkCameraLabels } from './check-camera-labels.js';
import { mirrorKeepsLabels } from './mirror-keeps-labels.js';

/**
 * @param camera whether the camera's angles are labels, too
 * @throws TrainingError `false-labels`, `false-camera-labels` if augmentation would make labels of such images false
 */
export function checkAugmentation(augmentation: readonly Augmentation[], scene: Scene, camera = false): void {
  if (camera) checkCameraLabels(augmentation, scene);
  if (!augmentation.includes('mirror') || mirrorKeepsLabels(scene)) return;
  const others = augmentation.filter((part) => part !== 'mirror');
  const details = { augmentation, others, scene: scene.name, shows: otherObject(scene) };
  throw new TrainingError(
    'false-labels',
    details,
    `checkAugmentation: mirror would make labels false: a mirrored image of the scene ${scene.name} shows ${details.shows}; expected augmentation without it`,
  );
}

function otherObject({ surface }: Scene): string {
  const twist = surface.parameters.find(({ name }) => name === 'twist_amp');
  return twist
    ? `an object whose twist runs the other way round, which no ${twist.name} from ${twist.min} to ${twist.max} says, so the label cannot be corrected either`
    : `another object of the surface ${surface.name} than its label says`;
}
