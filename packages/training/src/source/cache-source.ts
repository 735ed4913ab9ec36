import { shuffledIndices } from '@kanrecon/dataset';
import type { ImageCache } from '@kanrecon/dataset/node';
import type { ParametricSurface } from '@kanrecon/geometry';
import type { TrainingSource } from './training-source.js';

/**
 * Steps of an epoch. A last batch of one image is left out when batches are larger: batch normalisation cannot learn from a
 * single image.
 */
export function stepsPerEpoch(images: number, batchSize: number): number {
  const steps = Math.ceil(images / batchSize);
  return images % batchSize === 1 && images > 1 ? steps - 1 : steps;
}

/** The images of a data set, once an epoch, each epoch in another order. */
export function cacheSource(
  cache: ImageCache,
  train: Uint32Array,
  surface: ParametricSurface,
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
      return { images: cache.readBatch(samples), targets: cache.targets(samples, surface), samples };
    },
    close: async () => {},
  };
}
