import type { ImageCache } from '@kanrecon/dataset/node';
import type { Reconstructor } from '@kanrecon/model';
import { type IndexedPredictions, predictIndicesWithSpread } from '@kanrecon/training';
import type { Ui } from '../ui/ui.js';

/** All that a network predicts of some images of a data set. @returns in the order of `indices` */
export async function predictWithProgress(
  reconstructor: Reconstructor,
  cache: ImageCache,
  indices: Uint32Array,
  ui: Ui,
  signal: AbortSignal,
): Promise<IndexedPredictions> {
  const progress = ui.progress({ label: 'Predicting', total: indices.length, unit: 'images' });
  try {
    return await predictIndicesWithSpread(reconstructor, cache, indices, (done) => progress.update(done), signal);
  } finally {
    progress.stop();
  }
}
