import { type CheckDatasetOptions, checkDataset, type DatasetReport } from '@kanrecon/dataset/node';
import { Stopped } from '../cli/stopped.js';
import type { Progress } from '../ui/progress.js';
import type { Ui } from '../ui/ui.js';

/** Checks a data set with progress. @throws Stopped when interrupted */
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
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    throw new Stopped('Stopped; nothing is kept of a check, the same command begins anew.', { cause: error });
  } finally {
    progress?.stop();
  }
}
