import type { Reconstructor } from '@kanrecon/model';
import type { OnTrainingEvent } from '../events/training-event.js';
import type { Experiment } from '../experiment/experiment.js';

/**
 * Whether a training is one on features: its backbone is frozen and every epoch has the same images. Where only the images stand in the
 * way, a notice `features-not-cached` says so.
 */
export function trainsOnFeatures(
  { data, augmentation }: Pick<Experiment, 'data' | 'augmentation'>,
  { config }: Reconstructor,
  onEvent: OnTrainingEvent,
): boolean {
  if (config.trainBackbone) return false;
  const because = data.kind === 'stream' ? 'stream' : augmentation.length > 0 ? 'augmentation' : undefined;
  if (because) onEvent({ type: 'notice', notice: { code: 'features-not-cached', because } });
  return !because;
}
