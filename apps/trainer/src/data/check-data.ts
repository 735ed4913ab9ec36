import { type CheckDatasetOptions, checkDataset, type DatasetReport } from '@kanrecon/dataset/node';
import type { Progress } from '../ui/progress.js';
import type { Ui } from '../ui/ui.js';

/** Checks a data set with progress. */
export async function checkData(
  dir: string,
  options: CheckDatasetOptions,
  ui: Ui,
  signal: AbortSignal,
): Promise<DatasetReport> {
  let progress: Progress | undefined;
  try {
    return await checkDataset(dir, {
      ...options,
      signal,
      onProgress(done, total) {
        progress ??= ui.progress({ label: 'Checking', total, unit: 'images' });
        progress.update(done);
      },
    });
  } finally {
    progress?.stop();
  }
}
