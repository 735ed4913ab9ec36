import type { EpochRecord } from '@kanrecon/training';
import type { RunEvaluation, RunPrediction, RunSummary } from '@kanrecon/training/report';
import type { ModelName } from '../model-name.js';

/** A training and what is known of how good its network is. */
export interface ViewerRun {
  /** Tells it from all others, and stays. */
  readonly key: string;
  readonly name: string;
  /** Of one whose training may go on: which of its networks this is. */
  readonly version?: number;
  /** How it is trained, in words, and for how many epochs; of one that is trained here. */
  readonly settings?: string;
  readonly ofEpochs?: number;
  /** Served beside the page, kept by the browser, or opened from files. */
  readonly from: 'served' | 'kept' | 'file';
  readonly history: readonly EpochRecord[];
  readonly summary?: RunSummary;
  /** Mean best possible R² over the parameters that show, where it is known. */
  readonly possible?: number;
  /** What its files do not tell, and why, in sentences. */
  readonly notes: readonly string[];
  readonly evaluations: readonly ViewerEvaluation[];
  /** The model of this page that it has made: it can be scored here. */
  readonly model?: ModelName;
}

/** A network's answers to images of which it is known what they show. */
export interface ViewerEvaluation {
  /** Tells it from others of its run. */
  readonly key: string;
  /** On which images, in a few words. */
  readonly title: string;
  /** A sentence. */
  readonly about: string;
  /** The same for all whose images are of one scene, and only for them. */
  readonly scene: string;
  readonly told: Omit<RunEvaluation, 'split' | 'dataset'>;
  /** The best first. */
  readonly predictions: readonly RunPrediction[];
  readonly parameters: readonly ScoredParameter[];
  readonly pictures: CasePictures;
}

/** A parameter, as far as plots need to know it. */
export interface ScoredParameter {
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** Nobody knows the parameter's range: these are the ends of the real values. */
  readonly ofReal?: true;
}

/** Where the images are that were answered. */
export type CasePictures =
  /** Below this address, by their names. */
  | { readonly kind: 'served'; readonly address: string }
  /** Among files that were opened, by their names; `several` where it is not known which of them it is. */
  | { readonly kind: 'files'; readonly files: ReadonlyMap<string, File | 'several'> }
  /** Drawn again for a model from a seed, by the number of the shape. */
  | { readonly kind: 'drawn'; readonly model: ModelName; readonly seed: number };
