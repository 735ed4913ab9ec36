import type { ReconstructorArtifacts } from '@kanrecon/model';
import type { EpochRecord, TrainingInit } from '@kanrecon/training';
import type { ModelName } from '../../state/model-name.js';
import type { KeptModel } from '../../storage/kept-model.js';
import type { TrainSettings } from './train-settings.js';

// What the page and the worker that trains say to each other.

/** What is told while a network is trained. */
export type TrainNews =
  /** Its name is another than was asked for: a model has that already. */
  | { readonly kind: 'named'; readonly name: ModelName }
  /** What such images tell is measured. */
  | { readonly kind: 'preparing'; readonly done: number; readonly total: number }
  | {
      readonly kind: 'started';
      /** Steps an epoch, and images of each. */
      readonly steps: number;
      readonly batchSize: number;
      readonly weights: number;
      readonly possible: number | null;
    }
  /** Some steps have been made. */
  | {
      readonly kind: 'steps';
      /** The epoch in work, from 0, and its finished steps. */
      readonly epoch: number;
      readonly step: number;
      /** Images since the training's very beginning, and the mean loss over those since the last news. */
      readonly images: number;
      readonly loss: number;
      /** While it trained, without validation. */
      readonly imagesPerSecond: number;
    }
  /** What was taken over of the network that it begins from, and what was not. */
  | { readonly kind: 'begun'; readonly init: TrainingInit }
  | { readonly kind: 'epoch'; readonly record: EpochRecord }
  | { readonly kind: 'kept'; readonly model: KeptModel }
  /** The browser does not keep it: why, in a sentence. The training goes on. */
  | { readonly kind: 'unkept'; readonly sentence: string };

/** What a training ends with. */
export interface TrainOutcome {
  readonly model: KeptModel;
  /** The network at its best; as it is last where no epoch has ended. */
  readonly artifacts: ReconstructorArtifacts;
  /** False where it was stopped. */
  readonly complete: boolean;
}

/** Every request of the worker that trains. */
export interface TrainRequests {
  /**
   * Begins a training, under that name or, where a model has it or it is `taken`, another; or goes on with one that the browser keeps under
   * that name. Nothing comes out where it was stopped before its
   * first step.
   */
  train: {
    input: {
      readonly name: ModelName;
      readonly taken: readonly ModelName[];
      readonly settings: TrainSettings;
      readonly resume: boolean;
      /** The trained network that a new training begins from. */
      readonly from?: ReconstructorArtifacts;
    };
    output: TrainOutcome | null;
    event: TrainNews;
  };
  /** Ends the training after the step in hand; `train` answers then. */
  stop: { input: null; output: null; event: never };
}
