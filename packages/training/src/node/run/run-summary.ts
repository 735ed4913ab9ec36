import { writeAtomically } from '@kanrecon/files/node';
import type { Reconstructor } from '@kanrecon/model';
import * as v from 'valibot';
import { trainingInitSchema } from '../../init/training-init.js';
import { bestEpoch, epochRecordSchema, type TrainingState } from '../../loop/training-state.js';
import type { RunConfig } from './run-config.js';
import type { RunFolder } from './run-folder.js';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());

/** The shape of a {@link RunSummary} as a valibot schema. */
export const runSummarySchema = v.object({
  /** The model's name in the study's manner. */
  name: v.string(),
  /** False when an abort came first: `resumeRun` goes on. */
  finished: v.boolean(),
  epochs: count,
  steps_in_epoch: count,
  parameters: v.object({ trainable: count, total: count }),
  /** The epoch with the lowest validation loss: the one in `best/`. */
  best: v.nullable(epochRecordSchema),
  last: v.nullable(epochRecordSchema),
  /** In training steps, over all epochs, also those before a resume: images read and changed, without validation and saving. */
  seconds: finite,
  /** Training images over these seconds; `null` before the first step. */
  images_per_second: v.optional(v.nullable(finite), null),
  backend: v.string(),
  /** What it began from, if not from random weights. */
  init: v.optional(trainingInitSchema),
});

/** What `metrics.json` of a run folder holds: how training ended. */
export interface RunSummary extends v.InferOutput<typeof runSummarySchema> {}

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
