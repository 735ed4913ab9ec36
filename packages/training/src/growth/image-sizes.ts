import type { Experiment } from '../experiment/experiment.js';
import type { TrainingState } from '../loop/training-state.js';

/** Epochs in a row on images of one size. */
export interface SizePhase {
  /** Pixels. */
  readonly imageSize: number;
  readonly epochs: number;
}

/** What the size of images in training hangs on. */
type Growing = Pick<Experiment, 'growth' | 'budget'>;

/**
 * Side of the images that each epoch is trained on, in pixels, the epoch counted from 0. Without growth all have the network's size.
 *
 * The sizes share the first `growth.share` of the training's epochs among them, as evenly as whole epochs go; the last epoch always has the
 * network's size, whose batches it is that batch norms' statistics are of then. A size is never smaller than that of an epoch that is done or begun:
 * a training that is made longer goes on with what it has come to.
 *
 * @param imageSize the network's
 * @param state where the training goes on
 */
export function imageSizesOf(
  { growth, budget: { epochs } }: Growing,
  imageSize: number,
  { history, image_size: inWork = 0 }: Pick<TrainingState, 'history' | 'image_size'>,
): (epoch: number) => number {
  if (!growth) return () => imageSize;
  const { sizes, share } = growth;
  const ends = sizes.map((_, i) => Math.min(epochs - 1, Math.round((share * epochs * (i + 1)) / sizes.length)));
  const reached = Math.max(inWork, sizeOfRecord(history.at(-1), 0));
  return (epoch) => {
    const wanted = sizes[ends.findIndex((end) => epoch < end)] ?? imageSize;
    return Math.max(wanted, reached);
  };
}

/** All epochs of a training by size, those that are done as they were. */
export function sizePhases(
  growing: Growing,
  imageSize: number,
  state: Pick<TrainingState, 'history' | 'image_size'>,
): SizePhase[] {
  const { history } = state;
  const sizeOf = imageSizesOf(growing, imageSize, state);
  const phases: { imageSize: number; epochs: number }[] = [];
  for (let epoch = 0; epoch < growing.budget.epochs; epoch++) {
    const size = epoch < history.length ? sizeOfRecord(history[epoch], imageSize) : sizeOf(epoch);
    const phase = phases.at(-1);
    if (phase?.imageSize === size) phase.epochs++;
    else phases.push({ imageSize: size, epochs: 1 });
  }
  return phases;
}

function sizeOfRecord(record: TrainingState['history'][number] | undefined, otherwise: number): number {
  return record?.image_size ?? otherwise;
}
