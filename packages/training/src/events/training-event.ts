import type { CameraScores } from '../evaluation/score-camera.js';
import type { PredictionScores } from '../evaluation/score-predictions.js';
import type { SizePhase } from '../growth/image-sizes.js';
import type { TrainingInit } from '../init/training-init.js';
import type { EpochRecord } from '../loop/training-state.js';

/**
 * What a training says of itself while it goes on: preparations (`progress`, `notice`), `started`; for every epoch its steps, `validation`,
 * the checkpoints saved, `epoch`; last of all `finished` or `failed`. Plain data, but for the error of `failed`.
 */
export type TrainingEvent =
  | TrainingStarted
  | TrainingStep
  | TrainingValidated
  | TrainingEpoch
  | TrainingCheckpoint
  | TrainingFinished
  | TrainingFailed
  | TrainingProgress
  | TrainingNotice;

/** Receives events in the order in which things happen. */
export type OnTrainingEvent = (event: TrainingEvent) => void;

/** Network and data are there, the first step comes next. */
export interface TrainingStarted {
  readonly type: 'started';
  /** The network's name in the study's manner. */
  readonly name: string;
  readonly parameters: { readonly trainable: number; readonly total: number };
  /** Pixels. */
  readonly imageSize: number;
  /** Where training images grow to that size: the sizes of all epochs, those that are done as they were. */
  readonly growth?: readonly SizePhase[];
  /** Images an epoch. */
  readonly images: number;
  /** Whether they are drawn anew for every epoch. */
  readonly fresh: boolean;
  readonly validationImages: number;
  /** Steps an epoch. */
  readonly steps: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** Threads that share each batch. */
  readonly workers: number;
  /** Where an interrupted training goes on: finished epochs, and finished steps of the epoch in work. */
  readonly resumed?: { readonly epoch: number; readonly step: number };
}

/** A step has been made. */
export interface TrainingStep {
  readonly type: 'step';
  /** The epoch in work, from 1. */
  readonly epoch: number;
  /** Finished steps of this epoch. */
  readonly step: number;
  readonly steps: number;
  /** Images of these steps. */
  readonly images: number;
  /** Mean loss over them. */
  readonly loss: number;
  /** Pixels of these images, where they grow. */
  readonly imageSize?: number;
}

/** The validation images have been predicted. */
export interface TrainingValidated {
  readonly type: 'validation';
  readonly epoch: number;
  /** Of the shape's parameters. */
  readonly scores: PredictionScores;
  /** Of the camera, where the network learns that too. */
  readonly camera?: CameraScores;
}

/** An epoch is done. */
export interface TrainingEpoch {
  readonly type: 'epoch';
  readonly record: EpochRecord;
  readonly epochs: number;
}

/** A checkpoint has been saved. */
export interface TrainingCheckpoint {
  readonly type: 'checkpoint';
  readonly which: 'best' | 'last';
  readonly epoch: number;
  readonly step: number;
}

/** The end, reached or by an abort; what has been trained is saved, if somebody saves. */
export interface TrainingFinished {
  readonly type: 'finished';
  /** False when an abort came first. */
  readonly complete: boolean;
  readonly best?: EpochRecord;
  readonly last?: EpochRecord;
}

/** The training ends with this error, which is thrown too; an abort before `started` is one, with the signal's reason. */
export interface TrainingFailed {
  readonly type: 'failed';
  readonly error: unknown;
}

/** How far the preparations are. */
export interface TrainingProgress {
  readonly type: 'progress';
  /**
   * `drawing` the images to validate with, `decoding` those of a data set, `limits`: looking at what such images tell at all, `features`:
   * running them through a frozen backbone, once for all epochs.
   */
  readonly stage: 'drawing' | 'decoding' | 'limits' | 'features';
  readonly done: number;
  readonly total: number;
}

/** Something that whoever trains should know, though the training goes on. */
export interface TrainingNotice {
  readonly type: 'notice';
  readonly notice:
    | { readonly code: 'backend'; readonly name: string; readonly description: string; readonly chosen: boolean }
    | {
        readonly code: 'backend-measured';
        readonly name: string;
        readonly millisecondsPerImage?: number;
        readonly reason?: string;
      }
    | { readonly code: 'backends-measuring'; readonly names: readonly string[] }
    | {
        readonly code: 'skipped-files';
        readonly problems: readonly { readonly path: string; readonly message: string }[];
      }
    | { readonly code: 'other-scene'; readonly dataset: string; readonly found: string; readonly trained: string }
    | { readonly code: 'other-length'; readonly schedule: string; readonly epochs: number; readonly before: number }
    | { readonly code: 'other-backend'; readonly name: string; readonly before: string }
    /** The backbone is frozen: features of so many images are known, `computed` of them since this call, and heads are trained on them. */
    | { readonly code: 'features-cached'; readonly images: number; readonly computed: number }
    /** The backbone is frozen, but every epoch has other images: each goes through it at every step. */
    | { readonly code: 'features-not-cached'; readonly because: 'stream' | 'augmentation' }
    /** They are computed, and held in memory, but cannot be kept for other runs; `reason`: path and what the system says. */
    | { readonly code: 'features-not-kept'; readonly reason: string }
    /** The training begins from another network's weights, as far as they fit. */
    | ({ readonly code: 'begun-from' } & Readonly<TrainingInit>)
    /** The last checkpoint is gone: it is made from the best one, of the end of this epoch, with an optimizer that starts anew. */
    | { readonly code: 'last-missing'; readonly epoch: number }
    /**
     * The best checkpoint, of epoch `lost`, is gone, or an older one is in its place. The best one now is that of epoch `kept`; where
     * there is none, the next epoch will be.
     */
    | { readonly code: 'best-missing'; readonly lost: number; readonly kept?: number }
    /** The log told of epochs that no checkpoint knows: a copy keeps it. */
    | { readonly code: 'log-kept'; readonly file: string };
}
