import type { Experiment } from '../experiment/experiment.js';
import { modelCard } from '../experiment/model-card.js';
import { cacheSource } from './cache-source.js';
import { firstIndices, type TrainingImages } from './training-images.js';
import { type TrainingTable, tableImages } from './training-table.js';

/** Images with a table of numbers: all of them are scored, and nothing more is known of them. */
export function imagesOfTable(experiment: Experiment, table: TrainingTable): TrainingImages {
  const { targets } = table;
  return {
    targets,
    card: modelCard({ experiment }),
    session({ reconstructor }) {
      const { imageSize } = reconstructor.config;
      const train = tableImages(table, 'train', imageSize);
      const validation = tableImages(table, 'validation', imageSize);
      return {
        scored: targets,
        source: cacheSource(train, firstIndices(train.count), experiment),
        validation,
        val: firstIndices(validation.count),
        combinations: [],
        visible: targets.map(({ name }) => name),
      };
    },
  };
}
