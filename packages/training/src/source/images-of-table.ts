import type { OnTrainingEvent } from '../events/training-event.js';
import type { Experiment } from '../experiment/experiment.js';
import { modelCard } from '../experiment/model-card.js';
import { featuresOf } from '../features/features-of.js';
import { storedSource } from './stored-source.js';
import { firstIndices, type TrainingImages } from './training-images.js';
import { type TrainingTable, tableImages } from './training-table.js';
import { typicalOfStored } from './typical-images.js';

/** How {@link imagesOfTable} prepares. */
export interface ImagesOfTableOptions {
  readonly onEvent: OnTrainingEvent;
  readonly signal?: AbortSignal | undefined;
  /** Whether features of a frozen backbone are computed once. */
  readonly cacheFeatures: boolean;
}

/** Images with a table of numbers: all of them are scored, and nothing more is known of them. */
export function imagesOfTable(
  experiment: Experiment,
  table: TrainingTable,
  options: ImagesOfTableOptions,
): TrainingImages {
  const { targets } = table;
  return {
    targets,
    card: modelCard({ experiment }),
    async session(position) {
      const { reconstructor } = position;
      const { imageSize } = reconstructor.config;
      const train = tableImages(table, 'train', imageSize);
      const validation = tableImages(table, 'validation', imageSize);
      const [trained, validated] = await featuresOf(experiment, reconstructor, [train, validation], options);
      const source = storedSource(experiment, position, trained!, firstIndices(train.count));
      return {
        scored: targets,
        source,
        typical: typicalOfStored(train, firstIndices(train.count), experiment.batchSize, source.steps),
        validation: validated!,
        val: firstIndices(validation.count),
        combinations: [],
        visible: targets.map(({ name }) => name),
      };
    },
  };
}
