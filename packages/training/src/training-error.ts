/** What each kind of mistake in a training is about; the message of a {@link TrainingError} says it in a sentence. */
export interface TrainingMistakes {
  /** The experiment, or a file that holds one, is wrong. */
  'wrong-experiment': { readonly field?: string; readonly file?: string; readonly reason: string };
  /** A split of the data set has no usable sample. */
  'empty-split': { readonly dataset: string; readonly split: string };
  /** An augmentation would make labels false. */
  'false-labels': {
    readonly augmentation: readonly string[];
    /** What may stay of it. */
    readonly others: readonly string[];
    readonly scene: string;
    /** What the changed image would show. */
    readonly shows: string;
  };
  /** An augmentation would make labels of the camera false. */
  'false-camera-labels': {
    readonly augmentation: readonly string[];
    /** Those of it that do. */
    readonly wrong: readonly string[];
    /** What may stay of it. */
    readonly others: readonly string[];
    readonly scene: string;
  };
  'unknown-backend': { readonly backend: string; readonly reason: string; readonly howToGet: string };
  'unusable-backend': { readonly backend: string; readonly reason: string };
  /** The backend cannot be had by each thread. */
  'workers-unsupported': { readonly workers: number; readonly backend: string; readonly possible: readonly string[] };
  /** The loss is no number any more. */
  'loss-not-finite': {
    readonly value: string;
    /** From 1. */
    readonly epoch: number;
    /** From 1. */
    readonly step: number;
    readonly bestEpoch?: number;
    readonly learningRate: number;
    readonly weightDecay: number;
  };
  /** A step does not fit into the memory of the WASM backend. Network and optimizer are as they were before it. */
  'out-of-memory': {
    readonly epoch: number;
    readonly step: number;
    readonly batchSize: number;
    readonly imageSize: number;
    readonly workers: number;
    readonly reason: string;
  };
  /** Not one weight of the network to begin from fits the one that is trained. */
  'nothing-fits': { readonly source: string; readonly network: string };
  /** Weights of a backbone that were trained elsewhere cannot be used. */
  'unusable-weights': { readonly file: string; readonly backbone: string; readonly reason: string };
  /** An object cannot be drawn: going on would end in the same place. */
  'undrawable-object': { readonly epoch: number; readonly step: number; readonly reason: string };
  /** A thread has failed: no mistake of the user's, and the last checkpoint is there to go on from. */
  'worker-failed': { readonly epoch: number; readonly step: number; readonly reason: string };
  'no-run': {
    readonly path: string;
    readonly exists: boolean;
    /** Checkpoints that are there nevertheless, the wanted one first. */
    readonly checkpoints?: readonly string[];
    /** All parts of a run that are there: it is a run that has lost its `config.json`. */
    readonly parts?: readonly string[];
  };
  'no-checkpoint': {
    readonly path: string;
    readonly checkpoint: 'best' | 'last';
    /** The one that is there. */
    readonly other?: 'best' | 'last';
    /** Whether epochs have been trained, so that there was one. */
    readonly lost: boolean;
  };
  'run-exists': { readonly path: string; readonly parts: readonly string[] };
  'run-locked': {
    readonly path: string;
    readonly process: number;
    /** The lock. */
    readonly file: string;
    /** Where that process runs, if it is another computer. */
    readonly host?: string;
  };
  /** A run that has come some way has lost what it could go on from. */
  'checkpoints-missing': {
    readonly path: string;
    /** That its log or its summary tells of; 0 for one that began from another network's weights, which its first checkpoint kept. */
    readonly epochs: number;
  };
  'unusable-run': { readonly file: string; readonly reason: string };
  'unusable-checkpoint': { readonly reason: string };
  'disk-full': { readonly path: string; readonly reason: string; readonly run?: string };
  /** A setting that goes with streamed images only. */
  'not-streamed': { readonly setting: string };
}

/** One of the kinds of {@link TrainingMistakes}. */
export type TrainingErrorCode = keyof TrainingMistakes;

/**
 * Something in a training that its user can mend: told apart by `code`, with what it is about in `details`, so that programs can say it in
 * words of their own.
 */
export class TrainingError<Code extends TrainingErrorCode = TrainingErrorCode> extends Error {
  override readonly name = 'TrainingError';

  /** @param message one sentence that begins with the function's name */
  constructor(
    readonly code: Code,
    readonly details: TrainingMistakes[Code],
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Whether this is an error of that kind; narrows `details`. */
  is<Wanted extends TrainingErrorCode>(code: Wanted): this is TrainingError<Wanted> {
    return (this.code as TrainingErrorCode) === code;
  }
}
