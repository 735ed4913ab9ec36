import type { Sample } from '@kanrecon/dataset';
import type { ImageLimits } from '@kanrecon/identifiability';
import type { Reconstructor } from '@kanrecon/model';
import { networkStart } from '@kanrecon/reconstruction';
import { type Scene, sceneToJson, sceneWithOwnRanges } from '@kanrecon/scene';
import type { IndexedPredictions } from '@kanrecon/training';
import { evenly } from '../report/evenly.js';
import { pickCases } from '../report/pick-cases.js';
import type { Ui } from '../ui/ui.js';
import { refineImages } from './refine-images.js';
import type { RefineSettings, RefineTask } from './refine-worker.js';
import type { SamplePrediction } from './sample-prediction.js';
import { usualBudget } from './usual-budget.js';

/** What is refined, and how long. */
export interface RefineSplitOptions {
  /** Renderings an image, about; 2,000 when left out. */
  readonly budget?: number;
  /** How many images, spread evenly over the split; all when left out. */
  readonly images?: number;
}

export interface RefineSplitInput {
  readonly reconstructor: Reconstructor;
  /** Whose ranges the network learned. */
  readonly trained: Scene;
  /** What the images show. */
  readonly scene: Scene;
  readonly limits: Pick<ImageLimits, 'invariances' | 'combinations'>;
  /** In the order of `found`. */
  readonly samples: readonly Sample[];
  /** All that the network predicts. */
  readonly found: IndexedPredictions;
  /** Whether the way from the one answer to the other is wanted of the images that a report shows. */
  readonly paths: boolean;
  readonly ui: Ui;
  readonly signal: AbortSignal;
}

/**
 * Refines a network's answers for some or all images of a split.
 *
 * @param predictions the best first
 * @returns the same, with what was found
 */
export async function refineSplit(
  predictions: readonly SamplePrediction[],
  { budget = usualBudget, images = predictions.length }: RefineSplitOptions,
  { reconstructor, trained, scene, limits, samples, found, paths, ui, signal }: RefineSplitInput,
): Promise<SamplePrediction[]> {
  const wanted = new Set(evenly(samples, images));
  const picked = predictions.filter(({ sample }) => wanted.has(sample));
  const shown = new Set(paths ? pickCases(picked.length).map(({ index }) => picked[index]) : []);
  const rows = new Map(samples.map((sample, row) => [sample, row]));
  const settings: RefineSettings = {
    scene: sceneToJson(sceneWithOwnRanges(scene)),
    parameters: scene.surface.parameters,
    limits: { invariances: limits.invariances, combinations: limits.combinations },
    budget,
  };
  const width = reconstructor.targets.length;
  const rowOf = (values: Float32Array, row: number) => values.subarray(row * width, (row + 1) * width);
  const tasks = picked.map((prediction): RefineTask => {
    const row = rows.get(prediction.sample)!;
    const answer = { normalized: rowOf(found.mean, row), ...(found.spread && { spread: rowOf(found.spread, row) }) };
    return {
      settings,
      imagePath: prediction.sample.imagePath,
      start: networkStart(reconstructor, answer, trained),
      path: shown.has(prediction),
    };
  });
  const refined = await refineImages(tasks, ui, signal);
  const bySample = new Map(picked.map(({ sample }, i) => [sample, refined[i]!]));
  return predictions.map((prediction) => {
    const own = bySample.get(prediction.sample);
    return own ? { ...prediction, refined: own } : prediction;
  });
}
