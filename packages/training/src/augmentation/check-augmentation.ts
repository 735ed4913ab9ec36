import type { Scene } from '@kanrecon/scene';
import { TrainingError } from '../training-error.js';
import type { Augmentation } from './augmentations.js';
import { mirrorKeepsLabels } from './mirror-keeps-labels.js';

/** @throws TrainingError `false-labels` if augmentation would make labels of such images false */
export function checkAugmentation(augmentation: readonly Augmentation[], scene: Scene): void {
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
