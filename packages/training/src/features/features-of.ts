import type { Reconstructor } from '@kanrecon/model';
import type { OnTrainingEvent } from '../events/training-event.js';
import type { Experiment } from '../experiment/experiment.js';
import type { LabelledImages } from '../source/labelled-images.js';
import { type CachedFeatures, cacheFeatures } from './cache-features.js';
import type { FeatureStore } from './feature-store.js';
import { trainsOnFeatures } from './feature-use.js';

/** How {@link featuresOf} computes. */
export interface FeaturesOfOptions {
  readonly onEvent: OnTrainingEvent;
  readonly signal?: AbortSignal | undefined;
  readonly store?: FeatureStore;
  /** False: no features are kept. */
  readonly cacheFeatures: boolean;
}

/** A set of images and how many there are. */
type CountedImages = LabelledImages & { readonly count: number };

/**
 * The sets of images that a training is on, with their features where the backbone is frozen and every epoch has the same images; else
 * as they are. Told in `progress` and a notice.
 */
export async function featuresOf(
  experiment: Pick<Experiment, 'data' | 'augmentation'>,
  reconstructor: Reconstructor,
  sets: readonly CountedImages[],
  { onEvent, signal, store, ...use }: FeaturesOfOptions,
): Promise<readonly (LabelledImages & Partial<Pick<CachedFeatures, 'close'>>)[]> {
  if (!use.cacheFeatures || !trainsOnFeatures(experiment, reconstructor, onEvent)) return sets;
  const images = sets.reduce((sum, { count }) => sum + count, 0);
  const cached: CachedFeatures[] = [];
  let before = 0;
  try {
    for (const set of sets) {
      const done = before;
      cached.push(
        await cacheFeatures(reconstructor, set, set.count, {
          onProgress: (of) => onEvent({ type: 'progress', stage: 'features', done: done + of, total: images }),
          ...(signal && { signal }),
          ...(store && { store }),
        }),
      );
      before += set.count;
    }
  } catch (error) {
    for (const each of cached) each.close();
    throw error;
  }
  const computed = cached.reduce((sum, each) => sum + each.computed, 0);
  onEvent({ type: 'notice', notice: { code: 'features-cached', images, computed } });
  return cached;
}
