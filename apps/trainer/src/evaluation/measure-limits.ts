import type { ImageLimits } from '@kanrecon/identifiability';
import type { ModelCard } from '@kanrecon/model';
import type { Scene } from '@kanrecon/scene';
import { cardLimits } from '@kanrecon/training/node';
import type { Progress } from '../ui/progress.js';
import type { Ui } from '../ui/ui.js';

/** What images of a scene can tell at all: from the network's card, or measured with progress where that is of another scene. */
export async function measureLimits(card: ModelCard, scene: Scene, ui: Ui, signal: AbortSignal): Promise<ImageLimits> {
  let progress: Progress | undefined;
  try {
    return await cardLimits(card, scene, {
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
