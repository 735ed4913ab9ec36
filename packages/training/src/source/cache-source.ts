import { shuffledIndices } from '@kanrecon/dataset';
import type { LabelledImages } from './labelled-images.js';
import type { TrainingSource } from './training-source.js';

/**
 * Steps of an epoch. A last batch of one image is left out when batches are larger: batch normalisation cannot learn from a
 * single image.
 */
export function stepsPerEpoch(images: number, batchSize: number): number {
  const steps = Math.ceil(images / batchSize);
  return images % batchSize === 1 && images > 1 ? steps - 1 : steps;
}

/**
 * The images of a data set, or the features of them that are known, once an epoch, each epoch in another order.
 *
 * @param train indices of the training images
 */
export function cacheSource(
  images: LabelledImages,
  train: Uint32Array,
  { batchSize, seed }: { batchSize: number; seed: number },
): TrainingSource {
  let ordered: { epoch: number; order: Uint32Array } | undefined;
  return {
    images: train.length,
    steps: stepsPerEpoch(train.length, batchSize),
    batch(epoch, step) {
      if (ordered?.epoch !== epoch) {
        ordered = { epoch, order: shuffledIndices(train.length, seed, epoch).map((position) => train[position]!) };
      }
      const samples = ordered.order.subarray(step * batchSize, (step + 1) * batchSize);
      const inputs = images.features?.(samples) ?? images.readBatch(samples);
      return { images: inputs, targets: images.targets(samples), samples };
    },
    close: async () => {},
  };
}
