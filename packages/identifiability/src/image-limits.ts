import { checkOptions } from '@kanrecon/geometry';
import type { Scene } from '@kanrecon/scene';
import { builtInScene } from './built-in-scene.js';
import { decidedScores } from './decided-scores.js';
import { identifiability } from './identifiability.js';
import type { ImageLimits } from './image-limits-result.js';
import { knownLimits } from './known-limits.js';

/** Options of {@link imageLimits}. */
export interface ImageLimitsOptions {
  /** Told how many of how many objects have been looked at. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** As `kanrecon identify` does when nothing else is asked for. */
const draws = 8;
const measured = new WeakMap<Scene, ImageLimits>();

/**
 * What images of this scene can tell at all, and the best possible scores. Of the built-in scenes it is known; another one is measured
 * by rendering, which takes some seconds the first time. Who trains on such images stores the result with the model instead of
 * measuring it again.
 *
 * @throws `signal.reason` when aborted
 */
export async function imageLimits(scene: Scene, options: ImageLimitsOptions = {}): Promise<ImageLimits> {
  checkOptions('imageLimits', options, { onProgress: 1, signal: 1 });
  const name = builtInScene(scene);
  const found = (name && knownLimits[name]) ?? measured.get(scene) ?? (await measureLimits(scene, options));
  measured.set(scene, found);
  return found;
}

/**
 * Measures what {@link imageLimits} tells.
 *
 * @throws `signal.reason` when aborted
 */
export async function measureLimits(scene: Scene, options: ImageLimitsOptions = {}): Promise<ImageLimits> {
  checkOptions('measureLimits', options, { onProgress: 1, signal: 1 });
  const { onProgress, signal } = options;
  const found = await identifiability(scene, { draws, onProgress: (done) => onProgress?.(done, draws), signal });
  const { invisible, invariances, combinations, unexplained, undecided, summary } = found;
  const best = decidedScores(scene.surface, found);
  return { invisible, invariances, combinations, unexplained, undecided, summary, best };
}
