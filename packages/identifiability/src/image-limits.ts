import type { Scene } from '@kanrecon/scene';
import { type BestPossibleScores, bestPossibleScores } from './best-possible-scores.js';
import { identifiability } from './identifiability.js';
import type { Identifiability } from './identifiability-result.js';

/** What images of one scene can tell at all: plain JSON, to be stored beside what was trained on them. */
export interface ImageLimits
  extends Pick<Identifiability, 'invisible' | 'laws' | 'combinations' | 'unexplained' | 'undecided' | 'summary'> {
  /** By the best reader there can be. */
  readonly best: BestPossibleScores;
}

/** Options of {@link imageLimits}. */
export interface ImageLimitsOptions {
  /** Told how many of how many objects have been looked at. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** As `kanrecon identify` does when nothing else is asked for. */
const draws = 8;
const known = new WeakMap<Scene, ImageLimits>();

/**
 * Finds out, by rendering, what images of this scene can tell at all, and the best possible scores. Takes some seconds the first time;
 * who trains on such images stores the result with the model instead of measuring it again.
 *
 * @throws `signal.reason` when aborted
 */
export async function imageLimits(scene: Scene, options: ImageLimitsOptions = {}): Promise<ImageLimits> {
  const found = known.get(scene) ?? (await measureLimits(scene, options));
  known.set(scene, found);
  return found;
}

async function measureLimits(scene: Scene, { onProgress, signal }: ImageLimitsOptions): Promise<ImageLimits> {
  const found = await identifiability(scene, { draws, onProgress: (done) => onProgress?.(done, draws), signal });
  const { invisible, laws, combinations, unexplained, undecided, summary } = found;
  const best = bestPossibleScores(scene.surface, found);
  return { invisible, laws, combinations, unexplained, undecided, summary, best };
}
