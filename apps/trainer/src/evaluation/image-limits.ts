import {
  type BestPossibleScores,
  bestPossibleScores,
  type DatasetPreset,
  type Identifiability,
  identifiability,
} from '@kanrecon/dataset';
import type { Ui } from '../ui/ui.js';

/** What images of one look can tell at all. */
export interface ImageLimits
  extends Pick<Identifiability, 'invisible' | 'laws' | 'combinations' | 'unexplained' | 'summary'> {
  /** By the best reader there can be. */
  best: BestPossibleScores;
}

/** Enough to tell what is invisible; `kanrecon identify` looks closer. */
const quick = { draws: 6, size: 48 } as const;

const known = new WeakMap<DatasetPreset, ImageLimits>();

/** Finds out, by rendering, what images of this look can tell at all, and the best possible scores. Takes some seconds the first time. */
export async function imageLimits(look: DatasetPreset, ui: Ui, signal: AbortSignal): Promise<ImageLimits> {
  const found = known.get(look) ?? (await findLimits(look, ui, signal));
  known.set(look, found);
  return found;
}

async function findLimits(look: DatasetPreset, ui: Ui, signal: AbortSignal): Promise<ImageLimits> {
  const progress = ui.progress({ label: 'Looking at what images tell', total: quick.draws, unit: 'objects' });
  try {
    const found = await identifiability(look, { ...quick, onProgress: (done) => progress.update(done), signal });
    const { invisible, laws, combinations, unexplained, summary } = found;
    return { invisible, laws, combinations, unexplained, summary, best: bestPossibleScores(look.surface, found) };
  } finally {
    progress.stop();
  }
}
