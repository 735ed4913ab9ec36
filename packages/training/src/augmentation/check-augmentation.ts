import type { DatasetPreset } from '@kanrecon/scene';
import { UserError } from 'kanrecon';
import { parseAugmentations } from './augmentations.js';
import { mirrorKeepsLabels } from './mirror-keeps-labels.js';

/** @throws UserError if augmentation would make labels of such images false */
export function checkAugmentation(augment: string, preset: DatasetPreset): void {
  const parts = parseAugmentations(augment) ?? [];
  if (!parts.includes('mirror') || mirrorKeepsLabels(preset)) return;
  const others = parts.filter((part) => part !== 'mirror').join(',') || 'rotate';
  throw new UserError(
    `--augment ${augment} would make labels false: a mirrored image of the preset ${preset.name} shows ${otherObject(preset)}; use --augment ${others}.`,
  );
}

function otherObject({ surface }: DatasetPreset): string {
  const twist = surface.parameters.find(({ name }) => name === 'twist_amp');
  return twist
    ? `an object whose twist runs the other way round, which no ${twist.name} from ${twist.min} to ${twist.max} says, so the label cannot be corrected either`
    : `another object of the surface ${surface.name} than its label says`;
}
