import * as v from 'valibot';
import { trainingInitSchema } from '../init/training-init.js';
import { epochRecordSchema } from '../loop/training-state.js';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());

/** The shape of a {@link RunSummary} as a valibot schema. */
const runSummarySchema = v.object({
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

/** What a run's `metrics.json` says; undefined for one that is damaged, or something else. */
export function parseRunSummary(text: string): RunSummary | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const result = v.safeParse(runSummarySchema, json);
  return result.success ? result.output : undefined;
}
