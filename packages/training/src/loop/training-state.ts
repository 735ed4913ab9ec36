import type { JsonValue } from '@kanrecon/model';

/** One line of `log.jsonl`. Losses and metrics are on the normalised parameters. */
export interface EpochRecord {
  /** From 1. */
  epoch: number;
  /** Mean squared error over the epoch's training images, while it was being trained. */
  train_loss: number;
  /** Mean squared error on the validation images. */
  val_loss: number;
  val_mae: number;
  val_rmse: number;
  /** Mean over all parameters. */
  val_r2: number;
  /** Mean over the parameters that an image can show. */
  val_r2_visible: number;
  /** By parameter. */
  val_r2_per_parameter: Record<string, number>;
  /** Of the epoch's last step. */
  learning_rate: number;
  /** Training time, without validation. */
  seconds: number;
  images_per_second: number;
  /** Whether this is the lowest validation loss so far. */
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

/** @returns a copy, to be trained on with; undefined if a checkpoint's `extra` holds no training state */
export function fromJson(extra: JsonValue | undefined): TrainingState | undefined {
  const found = (extra as { training?: TrainingState } | undefined)?.training;
  return found && Number.isInteger(found.epoch) && Array.isArray(found.history) ? structuredClone(found) : undefined;
}
