import type { HeadType } from '@kanrecon/model';
import { type Experiment, experimentByRecipe } from '@kanrecon/training';
import type { TrainSettings } from './train-settings.js';

/** Threads that draw at most: more would draw faster than any network learns. */
const mostDrawers = 4;

/** The recipe `small` with what was chosen on the page. @throws TrainingError `wrong-experiment` */
export function experimentOf(settings: TrainSettings): Experiment {
  const { backbone, head, imageSize, epochs, epochImages, seed, batchSize, learningRate, camera, intervals, begin } =
    settings;
  return experimentByRecipe('small', {
    model: {
      backbone,
      imageSize,
      ...(begin && seenAs(begin)),
      head: {
        type: head as HeadType,
        widths: [...(begin?.widths ?? [])],
        dropout: 0,
        uncertainty: intervals ? 'gaussian' : 'none',
      },
    },
    data: { kind: 'stream', epochImages, workers: settings.drawers || fittingDrawers() },
    camera,
    optimizer: { learningRate },
    budget: { epochs },
    ...{ batchSize, seed, workers: 1 },
  });
}

/** How images look to the network that it begins from. */
function seenAs({
  fit,
  mean,
  std,
}: NonNullable<TrainSettings['begin']>): Pick<Experiment['model'], 'fit' | 'mean' | 'std'> {
  return structuredClone({ fit, mean, std }) as Pick<Experiment['model'], 'fit' | 'mean' | 'std'>;
}

/** One thread of the processor trains, the others draw. */
function fittingDrawers(): number {
  return Math.min(mostDrawers, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
}
