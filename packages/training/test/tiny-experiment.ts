import type { ExperimentOptions, TrainingEvent } from '../src/index.js';

/** A training of some seconds: 3 epochs of 4 steps of 6 images. */
export const tinyExperiment = {
  model: { backbone: 'smallCnn', imageSize: 32, head: { type: 'fourierKAN', widths: [8], dropout: 0.3 } },
  data: { kind: 'stream', epochImages: 22 },
  optimizer: { learningRate: 2e-3 },
  budget: { epochs: 3 },
  batchSize: 6,
} satisfies ExperimentOptions;

/**
 * The same with so low a rate that rounding stays small: Adam's first step is the sign of every gradient, whatever its size, and one
 * that is nearly zero may have either.
 */
export const steadyExperiment = { ...tinyExperiment, optimizer: { learningRate: 1e-4 } } satisfies ExperimentOptions;

/** The numbers of a training, by its events: the loss after every step, then train and validation loss of every epoch. */
export function numbersOf(events: readonly TrainingEvent[]): number[] {
  return events.flatMap((event) => {
    if (event.type === 'step') return [event.loss];
    return event.type === 'epoch' ? [event.record.train_loss, event.record.val_loss] : [];
  });
}
