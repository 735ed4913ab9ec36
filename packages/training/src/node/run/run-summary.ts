import { writeAtomically } from '@kanrecon/files/node';
import type { Reconstructor } from '@kanrecon/model';
import { bestEpoch, type EpochRecord, type TrainingState } from '../../loop/training-state.js';
import type { RunConfig } from './run-config.js';
import type { RunFolder } from './run-folder.js';

/** What `metrics.json` of a run folder holds: how training ended. */
export interface RunSummary {
  /** The model's name in the study's manner. */
  name: string;
  /** False when an abort came first: `resumeRun` goes on. */
  finished: boolean;
  epochs: number;
  steps_in_epoch: number;
  parameters: { trainable: number; total: number };
  /** The epoch with the lowest validation loss: the one in `best/`. */
  best: EpochRecord | null;
  last: EpochRecord | null;
  /** In training steps, over all epochs, also those before a resume: images read and changed, without validation and saving. */
  seconds: number;
  /** Training images over these seconds; `null` before the first step. */
  images_per_second: number | null;
  backend: string;
}

/** Writes `metrics.json`. */
export async function writeRunSummary(
  folder: RunFolder,
  config: RunConfig,
  reconstructor: Reconstructor,
  state: TrainingState,
  finished: boolean,
): Promise<RunSummary> {
  const { images, seconds } = trained(state);
  const summary: RunSummary = {
    name: config.name,
    finished,
    epochs: state.epoch,
    steps_in_epoch: state.step,
    parameters: { ...reconstructor.parameterCount },
    best: bestEpoch(state) ?? null,
    last: state.history.at(-1) ?? null,
    seconds,
    images_per_second: seconds > 0 ? images / seconds : null,
    backend: config.backend,
  };
  await writeAtomically(folder.metrics, `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

/** What has been trained in all: images, each as often as it was seen, and seconds. */
export function trained({ history, images, seconds }: Pick<TrainingState, 'history' | 'images' | 'seconds'>) {
  return history.reduce(
    (sum, record) => ({
      images: sum.images + (record.images_per_second ?? 0) * record.seconds,
      seconds: sum.seconds + record.seconds,
    }),
    { images, seconds },
  );
}
