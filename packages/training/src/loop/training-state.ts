import type { JsonValue } from '@kanrecon/model';
import * as v from 'valibot';
import { explainIssue } from '../experiment/explain-issue.js';

/**
 * One line of `log.jsonl`. Losses and metrics are on the normalised parameters. `null` is a number that is not defined, such as R² of a
 * single image: here as in files, for JSON knows no NaN.
 */
export interface EpochRecord {
  /** From 1. */
  epoch: number;
  /** Mean squared error over the epoch's training images, while it was being trained; of all targets, also the camera's. */
  train_loss: number;
  /** Mean squared error of the shape's parameters on the validation images. */
  val_loss: number;
  val_mae: number;
  val_rmse: number;
  /** Mean over all parameters. */
  val_r2: number | null;
  /** Mean over the parameters that an image can show. */
  val_r2_visible: number | null;
  /** By parameter. */
  val_r2_per_parameter: Record<string, number | null>;
  /** Where the camera is learned: the median error of each angle that shows and of the orientation (`rotation`), in degrees. */
  val_camera_degrees?: Record<string, number> | undefined;
  /** Of the epoch's last step. */
  learning_rate: number;
  /** Training time, without validation. */
  seconds: number;
  /** `null` where the clock is too coarse to tell. */
  images_per_second: number | null;
  /** Whether this was the lowest validation loss so far; no longer where the weights were lost. The last of these is in `best/`. */
  best: boolean;
}

/** Where training stands: kept in every checkpoint, enough (with weights and optimizer) to go on with the same numbers. */
export interface TrainingState {
  /** Finished epochs. */
  epoch: number;
  /** Finished steps of the epoch in work. */
  step: number;
  /** Σ loss · images over these steps. */
  lossSum: number;
  /** Images of these steps. */
  images: number;
  /** Training time of these steps. */
  seconds: number;
  history: EpochRecord[];
}

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
  const result = v.safeParse(recordSchema, json);
  return result.success ? result.output : explainIssue(recordSchema, result.issues[0], 'the line').reason;
}

/** What is not defined is null in JSON. */
export function definedOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

const finite = v.pipe(v.number(), v.finite());
const maybe = v.optional(v.nullable(finite), null);
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const recordSchema = v.object({
  epoch: v.pipe(count, v.minValue(1)),
  train_loss: finite,
  val_loss: finite,
  val_mae: finite,
  val_rmse: finite,
  val_r2: maybe,
  val_r2_visible: maybe,
  val_r2_per_parameter: v.optional(v.record(v.string(), v.nullable(finite)), {}),
  val_camera_degrees: v.optional(v.record(v.string(), finite)),
  learning_rate: finite,
  seconds: finite,
  images_per_second: maybe,
  best: v.boolean(),
});
const stateSchema = v.object({
  epoch: count,
  step: count,
  lossSum: finite,
  images: count,
  seconds: finite,
  history: v.array(recordSchema),
});
