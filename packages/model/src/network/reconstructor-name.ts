import { backboneTable } from '@kanrecon/backbones/names';
import { headNames } from '../heads/head-names.js';
import type { ReconstructorConfig } from './reconstructor-config.js';
import { STUDY_DROPOUT, STUDY_OUTPUTS } from './study-rules.js';

/**
 * The model's name by the rule of the study "Parametric reconstruction of 3D object with KAN":
 *
 *     EFFNETB0_UNLOCK_DROP_FOURIER_16       SQUEEZENET_DROP4_FOURIER_DROP_256
 *
 * backbone; whether it is trained (EfficientNet: always UNLOCK or LOCK; SqueezeNet: LOCK only if frozen); dropout before the
 * head (NODROP, or DROP and the decimals of the rate: .4 is DROP4, .25 is DROP25; EfficientNet's .4 is plain DROP); head
 * (CLASSICA = MLP, EFFK, FOURIER, FSTK, and names of the same kind for heads that the study does not have); DROP if there is dropout between the head's layers; units
 * of the first of the head's hidden layers. 6 says that there is none, as in the study, whatever the outputs are: other surfaces have other parameters, and
 * camera and certainty come on top. So `modelByName` reads a name as the network that it was made from.
 */
export function reconstructorName(config: Pick<ReconstructorConfig, 'backbone' | 'head' | 'trainBackbone'>): string {
  const { backbone, head, trainBackbone } = config;
  const isEfficientNet = backbone === 'efficientNetB0';
  const parts: string[] = [backboneTable.find(({ name }) => name === backbone)!.studyName];
  if (isEfficientNet || !trainBackbone) parts.push(trainBackbone ? 'UNLOCK' : 'LOCK');
  parts.push(
    head.dropout === 0
      ? 'NODROP'
      : `DROP${isEfficientNet && head.dropout === STUDY_DROPOUT ? '' : decimals(head.dropout)}`,
  );
  parts.push(headNames.find(({ name }) => name === head.type)!.studyName);
  if (head.widths.length > 0 && head.hiddenDropout > 0) parts.push('DROP');
  parts.push(String(head.widths[0] ?? STUDY_OUTPUTS));
  return parts.join('_');
}

/** .4 → "4", .25 → "25", .05 → "05". */
function decimals(rate: number): string {
  return rate.toFixed(6).slice(2).replace(/0+$/, '') || '0';
}
