import { predictFromFeatures, type Reconstructor } from '@kanrecon/model';
import { fastForward } from '../loop/fast-forward.js';
import { yieldToEvents } from '../loop/yield-to-events.js';
import type { LabelledImages } from '../source/labelled-images.js';

const batchSize = 32;

/** What a network says of images. */
export interface IndexedPredictions {
  /** [n, k], normalised: 0 and 1 are the ends of a target's range. */
  readonly mean: Float32Array;
  /** [n, k], standard deviations on the same scale, of a head that says how sure it is. */
  readonly spread?: Float32Array;
}

/**
 * Predictions for some of the images, a batch at a time, with how sure the network is of them; by their features, where these are
 * known.
 *
 * @returns in the order of `indices`; k targets, the camera's behind the shape's parameters
 */
export async function predictIndicesWithSpread(
  reconstructor: Reconstructor,
  images: Pick<LabelledImages, 'readBatch' | 'features'>,
  indices: Uint32Array,
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
): Promise<IndexedPredictions> {
  const width = reconstructor.targets.length;
  const mean = new Float32Array(indices.length * width);
  let spread: Float32Array | undefined;
  for (let from = 0; from < indices.length; from += batchSize) {
    signal?.throwIfAborted();
    const part = indices.subarray(from, from + batchSize);
    const features = images.features?.(part);
    const found = features
      ? await predictFromFeatures(reconstructor, features)
      : await reconstructor.predictBatchWithSpread(images.readBatch(part), { batchSize, ...fastForward });
    mean.set(found.mean, from * width);
    if (found.spread) {
      spread ??= new Float32Array(mean.length);
      spread.set(found.spread, from * width);
    }
    onProgress?.(from + part.length);
    await yieldToEvents(); // lets an abort through
  }
  return { mean, ...(spread && { spread }) };
}
