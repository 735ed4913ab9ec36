import type { ImageCache } from '@kanrecon/dataset/node';
import type { Reconstructor } from '@kanrecon/model';

const batchSize = 32;

/**
 * Predictions for samples of a cache, a batch at a time.
 *
 * @returns normalised values [n, k], in the order of `indices`
 */
export async function predictIndices(
  reconstructor: Reconstructor,
  cache: ImageCache,
  indices: Uint32Array,
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const out = new Float32Array(indices.length * reconstructor.outputs);
  for (let from = 0; from < indices.length; from += batchSize) {
    signal?.throwIfAborted();
    const part = indices.subarray(from, from + batchSize);
    out.set(await reconstructor.predictBatch(cache.readBatch(part), { batchSize }), from * reconstructor.outputs);
    onProgress?.(from + part.length);
    await new Promise((resolve) => setImmediate(resolve)); // lets Ctrl-C through
  }
  return out;
}
