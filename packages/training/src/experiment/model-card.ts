import type { ImageLimits } from '@kanrecon/identifiability';
import type { JsonValue, ModelCard } from '@kanrecon/model';
import type { SceneJson } from '@kanrecon/scene';
import type { TrainingInit } from '../init/training-init.js';
import type { Experiment } from './experiment.js';

/** What a training knows of its network, for the card that every checkpoint carries. */
export interface TrainedCard {
  /** Left out where it cannot be written down: its surface is a function. */
  readonly scene?: SceneJson | undefined;
  /** Left out where nothing is known of them: its images are of no scene. */
  readonly limits?: ImageLimits | undefined;
  readonly experiment: Experiment;
  /** Of a network that did not begin from random weights. */
  readonly init?: TrainingInit | undefined;
}

/** The card; where the data set lay is nobody's business elsewhere. */
export function modelCard({ scene, limits, experiment, init }: TrainedCard): ModelCard {
  const { folder: _, ...data } = experiment.data;
  return {
    ...(scene && { scene: plain(scene) }),
    ...(limits && { limits: plain(limits) }),
    experiment: plain({ ...experiment, data }),
    ...(init && { init: plain(init) }),
  };
}

/** As JSON will have it. */
function plain(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}
