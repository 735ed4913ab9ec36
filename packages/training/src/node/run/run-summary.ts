import { writeAtomically } from '@kanrecon/files/node';
import type { Reconstructor } from '@kanrecon/model';
import { bestEpoch, type TrainingState } from '../../loop/training-state.js';
import type { RunSummary } from '../../run/run-summary.js';
import type { RunConfig } from './run-config.js';
import type { RunFolder } from './run-folder.js';

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
    ...(config.init && { init: config.init }),
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
