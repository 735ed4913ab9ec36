import type { TrainingPosition } from '../checkpoint/training-checkpoint.js';
import type { Experiment } from '../experiment/experiment.js';
import type { TrainingSource } from '../source/training-source.js';
import { imageSizesOf } from './image-sizes.js';

/**
 * Training images at every epoch's size: one source after another where the size grows, else the only one. All have the same number of
 * images and batches.
 *
 * @param position where the training goes on
 * @param open a source of images of a size, that is asked for batches from `from` on
 */
export function growingSource(
  experiment: Pick<Experiment, 'growth' | 'budget'>,
  { reconstructor, state }: Pick<TrainingPosition, 'reconstructor' | 'state'>,
  open: (imageSize: number, from: { readonly epoch: number; readonly step: number }) => TrainingSource,
): TrainingSource {
  const sizeOf = imageSizesOf(experiment, reconstructor.config.imageSize, state);
  let imageSize = sizeOf(state.epoch);
  let source = open(imageSize, state);
  if (!experiment.growth) return source;
  const { images, steps } = source;
  return {
    images,
    steps,
    async batch(epoch, step) {
      const wanted = sizeOf(epoch);
      if (wanted !== imageSize) {
        await source.close();
        source = open(wanted, { epoch, step });
        imageSize = wanted;
      }
      return source.batch(epoch, step);
    },
    close: () => source.close(),
  };
}
