import type { ModelCard, Target } from '@kanrecon/model';
import type { TrainingPosition } from '../checkpoint/training-checkpoint.js';
import type { TrainingSession } from '../loop/train-epoch.js';

/** What a training in memory has to know of its images, wherever they come from. */
export interface TrainingImages {
  /** What the network shall predict. */
  readonly targets: readonly Target[];
  readonly card: ModelCard;
  /** The parts of the training's session that hang on the images; called once the network is there. */
  session(position: TrainingPosition): ImagesSession | Promise<ImagesSession>;
}

/** The parts of a training's session that hang on its images. */
export type ImagesSession = Pick<
  TrainingSession,
  'scene' | 'scored' | 'source' | 'typical' | 'validation' | 'val' | 'combinations' | 'visible' | 'background'
>;

/** 0, 1, …, `count` − 1. */
export function firstIndices(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, index) => index);
}
