import type { EpochRecord, TrainingInit } from '@kanrecon/training';
import type { ModelName } from '../state/model-name.js';
import type { TrainSettings } from '../worker/training/train-settings.js';

/** A network that this browser keeps: what is known of it without loading it. */
export interface KeptModel {
  readonly name: ModelName;
  /** When it was kept last, in milliseconds since 1970. */
  readonly changed: number;
  /** Of all that is kept of it. */
  readonly bytes: number;
  /** Of one that was trained here; others came from files. */
  readonly training?: KeptTraining;
}

/** How far a training is. */
export interface KeptTraining {
  readonly settings: TrainSettings;
  /** Finished epochs, and finished steps of the next. */
  readonly epoch: number;
  readonly step: number;
  /** Steps an epoch. */
  readonly steps: number;
  readonly history: readonly EpochRecord[];
  /** The best R² that any reader of such images can reach, over the parameters that show; null where it is not known. */
  readonly possible: number | null;
  readonly curve: readonly LossPoint[];
  /** Of one that began from a trained network: what it has of it. */
  readonly init?: TrainingInit;
}

/** A point of the loss curve. */
export interface LossPoint {
  /** Training images so far. */
  readonly images: number;
  /** Mean over those since the last point. */
  readonly loss: number;
}
