import { renderBatch, type Scene } from '@kanrecon/scene';
import type { LabelledImages } from './labelled-images.js';

/** Images like those that are trained on, at the network's own size, a batch at a time: norms' statistics are taken from them. */
export type TypicalImages = () => Iterable<Uint8Array>;

/** Of no stream, no data set that people make, and no images to validate, to calibrate (2⁴² + 1) or to score with (2⁴²; the program's tests 2⁴³). */
const typicalSeed = 3 * 2 ** 41;

/** An eighth of an epoch's batches, at most 64: drawing and seeing them takes a small part of the epoch's time. */
function batchesOf(batchSize: number, steps: number) {
  // A norm learns nothing from a single image.
  return { size: Math.max(2, batchSize), count: Math.min(64, Math.ceil(steps / 8)) };
}

/** Images of a scene, the same ones every time. @param steps an epoch's batches */
export function typicalOfScene(scene: Scene, imageSize: number, batchSize: number, steps: number): TypicalImages {
  const { size, count } = batchesOf(batchSize, steps);
  return function* () {
    for (let batch = 0; batch < count; batch++) {
      yield renderBatch(scene, { seed: typicalSeed, batch, batchSize: size, imageSize }).images;
    }
  };
}

/** Training images that are there, spread evenly over all of them; they are not augmented. @param train their indices */
export function typicalOfStored(
  images: LabelledImages,
  train: Uint32Array,
  batchSize: number,
  steps: number,
): TypicalImages {
  const { size, count } = batchesOf(batchSize, steps);
  const taken = Math.min(train.length, size * count);
  const picked = Uint32Array.from({ length: taken }, (_, i) => train[Math.floor((i * train.length) / taken)]!);
  const batches = Math.max(1, Math.floor(taken / size));
  return function* () {
    for (let batch = 0; batch < batches; batch++) {
      // Neighbours are often alike: each batch has images of all parts.
      yield images.readBatch(picked.filter((_, i) => i % batches === batch));
    }
  };
}
