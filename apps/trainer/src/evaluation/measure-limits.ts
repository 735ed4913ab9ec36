import { type ImageLimits, imageLimits } from '@kanrecon/identifiability';
import type { Scene } from '@kanrecon/scene';
import type { Progress } from '../ui/progress.js';
import type { Ui } from '../ui/ui.js';

/** What images of a scene can tell at all, measured with progress where it is not known yet. */
export async function measureLimits(scene: Scene, ui: Ui, signal: AbortSignal): Promise<ImageLimits> {
  let progress: Progress | undefined;
  try {
    return await imageLimits(scene, {
      signal,
      onProgress(done, total) {
        progress ??= ui.progress({ label: 'Looking at what images tell', total, unit: 'objects' });
        progress.update(done);
      },
    });
  } finally {
    progress?.stop();
  }
}
