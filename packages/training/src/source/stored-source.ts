import type { TrainingPosition } from '../checkpoint/training-checkpoint.js';
import type { Experiment } from '../experiment/experiment.js';
import { growingSource } from '../growth/growing-source.js';
import { resizedImages } from '../growth/resized-images.js';
import { cacheSource } from './cache-source.js';
import type { LabelledImages } from './labelled-images.js';
import type { TrainingSource } from './training-source.js';

/** Images that are there, once an epoch, at every epoch's size. @param train indices of the training images */
export function storedSource(
  experiment: Experiment,
  position: Pick<TrainingPosition, 'reconstructor' | 'state'>,
  images: LabelledImages,
  train: Uint32Array,
): TrainingSource {
  const { config } = position.reconstructor;
  return growingSource(experiment, position, (size) => {
    const sized = size === config.imageSize ? images : resizedImages(images, config, size);
    return cacheSource(sized, train, experiment);
  });
}
