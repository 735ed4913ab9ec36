import { reconstructorDefaults } from '@kanrecon/model';
import type { Experiment } from '../experiment/experiment.js';
import { wrongExperiment } from '../experiment/wrong-experiment.js';

/**
 * What the schema does not say of `growth`.
 *
 * @throws TrainingError `wrong-experiment` if the sizes do not grow up to the network's, or the backbone is frozen
 */
export function checkGrowth(caller: string, { growth, model }: Pick<Experiment, 'growth' | 'model'>): void {
  if (!growth) return;
  if (model.trainBackbone === false) {
    const rest =
      'expected none where the backbone is frozen (model.trainBackbone: false): its features are of one size';
    throw wrongExperiment(caller, 'growth', rest);
  }
  const { imageSize = reconstructorDefaults.imageSize } = model;
  const { sizes } = growth;
  const isRising = sizes.every((size, i) => size < (sizes[i + 1] ?? imageSize));
  if (isRising) return;
  const rest = `expected sizes from the smallest to the greatest, each below that of the network, ${imageSize}, which comes last by itself; got ${sizes.join(', ')}`;
  throw wrongExperiment(caller, 'growth.sizes', rest);
}
