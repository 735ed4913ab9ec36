import type { JsonValue } from '@kanrecon/model';
import * as v from 'valibot';
import { explainIssue } from '../experiment/explain-issue.js';

const finite = v.pipe(v.number(), v.finite());
const maybe = v.optional(v.nullable(finite), null);
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** The shape of an {@link EpochRecord} as a valibot schema; what earlier versions did not write has a default. */
export const epochRecordSchema = v.object({
  /** From 1. */
  epoch: v.pipe(count, v.minValue(1)),
  /** Mean squared error over the epoch's training images, while it was being trained; of all targets, also the camera's. */
  train_loss: finite,
  /** Mean squared error of the shape's parameters on the validation images. */
  val_loss: finite,
  val_mae: finite,
  val_rmse: finite,
  /** Mean over all parameters. */
  val_r2: maybe,
  /** Mean over the parameters that an image can show. */
  val_r2_visible: maybe,
  /** By parameter. */
  val_r2_per_parameter: v.optional(v.record(v.string(), v.nullable(finite)), {}),
  /** Where the camera is learned: the median error of each angle that shows and of the orientation (`rotation`), in degrees. */
  val_camera_degrees: v.optional(v.record(v.string(), finite)),
  /** Of an experiment whose images grow: pixels of those that this epoch was trained on. */
  image_size: v.optional(v.pipe(count, v.minValue(1))),
  /** Of the epoch's last step. */
  learning_rate: finite,
  /** Training time, without validation. */
  seconds: finite,
  /** `null` where the clock is too coarse to tell. */
  images_per_second: maybe,
  /** Whether this was the lowest validation loss so far; no longer where the weights were lost. The last of these is in `best/`. */
  best: v.boolean(),
});

/**
 * One line of `log.jsonl`. Losses and metrics are on the normalised parameters. `null` is a number that is not defined, such as R² of a
 * single image: here as in files, for JSON knows no NaN.
 */
export interface EpochRecord extends v.InferOutput<typeof epochRecordSchema> {}

const stateSchema = v.object({
  /** Finished epochs. */
  epoch: count,
  /** Finished steps of the epoch in work. */
  step: count,
  /** Σ loss · images over these steps. */
  lossSum: finite,
  /** Images of these steps. */
  images: count,
  /** Training time of these steps. */
  seconds: finite,
  /** Of an experiment whose images grow: pixels of these steps' images. */
  image_size: v.optional(v.pipe(count, v.minValue(1))),
  history: v.array(epochRecordSchema),
});

/** Where training stands: kept in every checkpoint, enough (with weights and optimizer) to go on with the same numbers. */
export interface TrainingState extends v.InferOutput<typeof stateSchema> {}

/** The state before the first step. */
export function initialState(): TrainingState {
  return { epoch: 0, step: 0, lossSum: 0, images: 0, seconds: 0, history: [] };
}

/** The best epoch so far. */
export function bestEpoch({ history }: TrainingState): EpochRecord | undefined {
  return history.findLast((record) => record.best);
}

/** For a checkpoint's `extra`. */
export function toJson(state: TrainingState): { readonly training: JsonValue } {
  return { training: JSON.parse(JSON.stringify(state)) };
}

/**
 * The state in a checkpoint's `extra`: a copy, to be trained on with.
 *
 * @returns what is wrong with it, in words, if it is not one
 */
export function fromJson(extra: JsonValue | undefined): TrainingState | string {
  const found = (extra as { readonly training?: unknown } | null | undefined)?.training;
  if (found === undefined) return 'it holds no training state to resume from';
  const result = v.safeParse(stateSchema, found);
  if (!result.success)
    return `its training state is wrong: extra.training.${explainIssue(stateSchema, result.issues[0], 'the state').reason}`;
  const state = result.output;
  const inOrder = state.history.length === state.epoch && state.history.every(({ epoch }, i) => epoch === i + 1);
  return inOrder
    ? state
    : 'its training state is wrong: extra.training.history does not go from epoch 1 to its last one';
}

/** A record as it was written, be it by an earlier version. @returns what is wrong with it, in words, if it is not one */
export function parseEpochRecord(json: unknown): EpochRecord | string {
  const result = v.safeParse(epochRecordSchema, json);
  return result.success ? result.output : explainIssue(epochRecordSchema, result.issues[0], 'the line').reason;
}

/** What is not defined is null in JSON. */
export function definedOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
