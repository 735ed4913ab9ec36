import { type SynthesizeDatasetOptions, synthesizeDataset } from '@kanrecon/dataset/node';
import type { Ui } from '../ui/ui.js';

/** Renders a data set with progress. */
export async function synthesize(options: SynthesizeDatasetOptions, ui: Ui, signal: AbortSignal) {
  const total = options.shapes * (options.viewsPerShape ?? 5);
  const progress = ui.progress({ label: 'Rendering', total, unit: 'images' });
  const start = performance.now();
  try {
    const summary = await synthesizeDataset({ ...options, signal, onProgress: (done) => progress.update(done) });
    return { ...summary, seconds: (performance.now() - start) / 1000 };
  } finally {
    progress.stop();
  }
}
