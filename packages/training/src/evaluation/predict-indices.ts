import type { Reconstructor } from '@kanrecon/model';
import type { LabelledImages } from '../source/labelled-images.js';
import { predictIndicesWithSpread } from './predict-indices-with-spread.js';

/**
 * Predictions for some of the images, a batch at a time.
 *
 * @returns normalised values [n, k], in the order of `indices`; k targets, the camera's behind the shape's parameters
 */
export async function predictIndices(
  reconstructor: Reconstructor,
  images: Pick<LabelledImages, 'readBatch' | 'features'>,
  indices: Uint32Array,
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
): Promise<Float32Array> {
  return (await predictIndicesWithSpread(reconstructor, images, indices, onProgress, signal)).mean;
}
