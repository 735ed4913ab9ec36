import { checkOptions } from '@kanrecon/image';
import { dispose, div, type Tensor, tensor, tidy, zerosLike } from '@tensorflow/tfjs-core';
import type { Reconstructor } from '../network/reconstructor.js';
import { seedDropout } from './seed-dropout.js';
import { applyInTraining, type TrainStepOptions } from './train-step.js';

/** Options of {@link recomputeStatistics}. */
export interface RecomputeStatisticsOptions {
  /** As of `trainStep`. */
  readonly apply?: TrainStepOptions['apply'];
}

type Layer = Reconstructor['headLayers'][number];

const names = ['moving_mean', 'moving_variance', 'movingMean', 'movingVariance'];

/**
 * Takes the norms' moving means and variances anew from images: those that training has left behind are of other weights than the network
 * has where its weights are an average over steps, and of other images where it has learned from smaller ones. Averaged over the batches
 * as training does, the last ones most, but without what was there before: the same weights and images give the same statistics. Known
 * from stochastic weight averaging (arXiv 1803.05407, section 3.2).
 *
 * A network whose backbone is frozen stays as it is, and so does one without norms.
 *
 * @param batches RGB bytes [n, imageSize, imageSize, 3] each, of at least two images; as many images a batch as in training
 * @throws if there is no batch, or the backend lacks a kernel; the statistics are then as they were
 */
export async function recomputeStatistics(
  reconstructor: Reconstructor,
  batches: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options: RecomputeStatisticsOptions = {},
): Promise<void> {
  checkOptions('recomputeStatistics', options, { apply: 1 });
  const { apply = applyInTraining } = options;
  const { model, config } = reconstructor;
  if (!config.trainBackbone) return;
  const statistics = (model.layers as Layer[]).flatMap(statisticsOf);
  if (statistics.length === 0) return;
  // Copies of the numbers: norms may change a variable's memory in place.
  const before = await Promise.all(statistics.map(async ({ weight }) => (await weight.read().data()).slice()));
  let count = 0;
  try {
    for (const { weight } of statistics) change(weight, zerosLike);
    for await (const images of batches) {
      seedDropout(reconstructor, count++);
      const input = reconstructor.imagesToTensor(images);
      const output = tidy(() => [apply(model, input)].flat());
      try {
        await output[0].data();
      } finally {
        dispose([input, ...output] as Tensor[]);
      }
    }
    if (count === 0) throw new Error('recomputeStatistics: expected at least one batch of images, got none');
    for (const { weight, share } of statistics) {
      change(weight, (value) => div(value, 1 - (1 - share) ** count));
    }
  } catch (error) {
    for (const [i, { weight }] of statistics.entries()) {
      change(weight, ({ shape }) => tensor(before[i], shape));
    }
    throw error;
  }
}

function change(weight: Layer['weights'][number], to: (value: Tensor) => Tensor): void {
  tidy(() => {
    weight.write(to(weight.read()));
  });
}

/** A layer's moving statistics, and what share of them each batch becomes. */
function statisticsOf(layer: Layer) {
  const { momentum, batchNormMomentum } = layer.getConfig() as { momentum?: number; batchNormMomentum?: number };
  const share = batchNormMomentum ?? (momentum === undefined ? 0 : 1 - momentum);
  if (!(share > 0) || !layer.trainable) return [];
  return layer.weights
    .filter(({ originalName }) => names.includes(lastOf(originalName)))
    .map((weight) => ({ weight, share }));
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
