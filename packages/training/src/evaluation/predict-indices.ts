import type { Reconstructor } from '@kanrecon/model';
import { yieldToEvents } from '../loop/yield-to-events.js';
import type { LabelledImages } from '../source/labelled-images.js';

const batchSize = 32;

/**
 * Predictions for some of the images, a batch at a time.
 *
 * @returns normalised values [n, k], in the order of `indices`
 */
export async function predictIndices(
  reconstructor: Reconstructor,
  images: Pick<LabelledImages, 'readBatch'>,
  indices: Uint32Array,
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const width = reconstructor.targets.length;
  const out = new Float32Array(indices.length * width);
  for (let from = 0; from < indices.length; from += batchSize) {
    signal?.throwIfAborted();
    const part = indices.subarray(from, from + batchSize);
    out.set(await reconstructor.predictBatch(images.readBatch(part), { batchSize }), from * width);
    onProgress?.(from + part.length);
    await yieldToEvents(); // lets an abort through
  }
  return out;
}
