import type { DatasetPreset } from '@kanrecon/scene';
import type { Ui } from 'kanrecon';
import { type BestPossibleScores, bestPossibleScores } from './best-possible-scores.js';
import { identifiability } from './identifiability.js';
import type { Identifiability } from './identifiability-result.js';

/** What images of one look can tell at all. */
export interface ImageLimits
  extends Pick<Identifiability, 'invisible' | 'laws' | 'combinations' | 'unexplained' | 'undecided' | 'summary'> {
  /** By the best reader there can be. */
  best: BestPossibleScores;
}

/** As `kanrecon identify` does when nothing else is asked for. */
const draws = 8;

const known = new WeakMap<DatasetPreset, ImageLimits>();

/** Finds out, by rendering, what images of this look can tell at all, and the best possible scores. Takes some seconds the first time. */
export async function imageLimits(look: DatasetPreset, ui: Ui, signal: AbortSignal): Promise<ImageLimits> {
  const found = known.get(look) ?? (await findLimits(look, ui, signal));
  known.set(look, found);
  return found;
}

async function findLimits(look: DatasetPreset, ui: Ui, signal: AbortSignal): Promise<ImageLimits> {
  const progress = ui.progress({ label: 'Looking at what images tell', total: draws, unit: 'objects' });
  try {
    const found = await identifiability(look, { draws, onProgress: (done) => progress.update(done), signal });
    const { invisible, laws, combinations, unexplained, undecided, summary } = found;
    return {
      invisible,
      laws,
      combinations,
      unexplained,
      undecided,
      summary,
      best: bestPossibleScores(look.surface, found),
    };
  } finally {
    progress.stop();
  }
}
