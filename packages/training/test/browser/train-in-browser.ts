import { sceneByName } from '@kanrecon/scene';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { type TrainExperimentOptions, type TrainingEvent, trainExperiment } from '../../src/index.js';
import { steadyExperiment } from '../tiny-experiment.js';

/** What a page or a worker is asked to do. */
export interface BrowserTraining {
  /** Where an interrupted training stands. */
  readonly resume?: TrainExperimentOptions['resume'];
}

/** What it ends with. */
export interface BrowserTrained {
  readonly complete: boolean;
  readonly checkpoint: NonNullable<BrowserTraining['resume']>;
}

/** Trains the steady experiment on the WASM backend, set up as a user would. */
export async function trainInBrowser(
  { resume }: BrowserTraining,
  onEvent: (event: TrainingEvent) => void,
  signal?: AbortSignal,
): Promise<BrowserTrained> {
  // Absolute: a worker resolves against its own script.
  wasm.setWasmPaths(`${self.location.origin}/`);
  await enableWasmTraining();
  await tf.setBackend('wasm');
  const { reconstructor, checkpoint, complete } = await trainExperiment(steadyExperiment, {
    scene: sceneByName('observable'),
    validationImages: 8,
    onEvent,
    ...(signal && { signal }),
    ...(resume && { resume }),
  });
  reconstructor.dispose();
  return { checkpoint, complete };
}
