import { imageLimits } from '@kanrecon/identifiability';
import { createReconstructor, type Reconstructor } from '@kanrecon/model';
import { type Scene, sceneToJson } from '@kanrecon/scene';
import { checkAugmentation } from './augmentation/check-augmentation.js';
import type { OnTrainingEvent } from './events/training-event.js';
import { type ExperimentOptions, modelOf } from './experiment/experiment.js';
import { modelCard } from './experiment/model-card.js';
import { parseExperiment } from './experiment/parse-experiment.js';
import { createOptimizer } from './loop/create-optimizer.js';
import { localStepRunner } from './loop/local-step-runner.js';
import { runTraining } from './loop/run-training.js';
import type { TrainingSession } from './loop/train-epoch.js';
import { initialState, type TrainingState } from './loop/training-state.js';
import { sceneImages } from './source/scene-images.js';
import { sceneSource } from './source/scene-source.js';
import { TrainingError } from './training-error.js';

/** Options of {@link trainExperiment}. */
export interface TrainExperimentOptions {
  /** What is drawn. */
  readonly scene: Scene;
  /** Images to validate with after every epoch; 200 when left out. */
  readonly validationImages?: number;
  readonly onEvent?: OnTrainingEvent;
  /** Aborted, training ends after the step in hand. */
  readonly signal?: AbortSignal;
  /** Told the session at every point where a run would save its checkpoint. */
  save?(which: 'best' | 'last', session: TrainingSession): Promise<void>;
}

/** What {@link trainExperiment} ends with. */
export interface TrainedExperiment {
  /** As of the last step. The caller disposes it. */
  readonly reconstructor: Reconstructor;
  readonly state: TrainingState;
  /** False when an abort came first. */
  readonly complete: boolean;
}

const defaults = { validationImages: 200 } as const;

/**
 * Trains on fresh images of a scene, all of it in memory and in this thread: no files, so it runs in a browser's worker as well as in
 * Node.js, on whatever TensorFlow.js backend is set. (`startRun` of the Node.js entry trains into a folder, with threads and data sets.)
 *
 * @param experiment its data must be a stream
 * @throws TrainingError if the experiment is wrong or its augmentation would make labels false, and as the training goes
 */
export async function trainExperiment(
  experiment: ExperimentOptions,
  options: TrainExperimentOptions,
): Promise<TrainedExperiment> {
  const { scene, onEvent = () => {}, signal, validationImages = defaults.validationImages } = options;
  const parsed = parseExperiment(experiment);
  const { data, augmentation, batchSize, seed, workers } = parsed;
  if (data.kind !== 'stream' || data.folder !== undefined || workers > 1) {
    const reason = 'only streamed images, without a folder, can be trained on in one thread without files';
    throw new TrainingError('wrong-experiment', { field: 'data', reason }, `trainExperiment: ${reason}`);
  }
  checkAugmentation(augmentation, scene);
  const limits = await imageLimits(scene, {
    onProgress: (done, total) => onEvent({ type: 'progress', stage: 'limits', done, total }),
    ...(signal && { signal }),
  });
  const card = modelCard({ scene: sceneToJson(scene), limits, experiment: parsed });
  const reconstructor = createReconstructor({ ...modelOf(parsed), targets: scene.surface.parameters, card });
  const optimizer = createOptimizer(parsed);
  const { imageSize } = reconstructor.config;
  const [least, greatest] = scene.background;
  const session: Omit<TrainingSession, 'schedule'> = {
    reconstructor,
    optimizer,
    runner: localStepRunner(reconstructor, optimizer),
    source: sceneSource({ scene, imageSize, batchSize, seed, epochImages: data.epochImages }),
    validation: sceneImages(scene, imageSize, validationImages),
    val: Uint32Array.from({ length: validationImages }, (_, index) => index),
    visible: scene.surface.parameters.map(({ name }) => name).filter((name) => !limits.invisible.includes(name)),
    ...(least === greatest && { background: least }),
    experiment: parsed,
    state: initialState(),
  };
  try {
    const complete = await runTraining(session, {
      onEvent,
      ...(signal && { signal }),
      ...(options.save && { save: options.save }),
    });
    return { reconstructor, state: session.state, complete };
  } catch (error) {
    reconstructor.dispose();
    throw error;
  } finally {
    optimizer.dispose();
  }
}
