import { checkOptions, type OptionNames } from '@kanrecon/geometry';
import { imageLimits } from '@kanrecon/identifiability';
import { createReconstructor, type ModelCard, type Reconstructor, type ReconstructorArtifacts } from '@kanrecon/model';
import { type Scene, type SceneJson, sceneToJson } from '@kanrecon/scene';
import { checkAugmentation } from './augmentation/check-augmentation.js';
import { cameraTargetsOf, experimentTargets } from './camera/experiment-targets.js';
import { openCheckpoint, type TrainingPosition, takeCheckpoint } from './checkpoint/training-checkpoint.js';
import { tellingFailure } from './events/telling-failure.js';
import type { OnTrainingEvent } from './events/training-event.js';
import { type Experiment, type ExperimentOptions, modelOf } from './experiment/experiment.js';
import { modelCard } from './experiment/model-card.js';
import { parseExperiment } from './experiment/parse-experiment.js';
import { calibratedCard, startingCalibration } from './loop/calibrated-card.js';
import { createOptimizer } from './loop/create-optimizer.js';
import { localStepRunner } from './loop/local-step-runner.js';
import { finishedEvent, runTraining } from './loop/run-training.js';
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
  /** Aborted while it trains, training ends after the step in hand; aborted before `started`, it throws the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * A checkpoint of the same experiment, to go on from with the same numbers as if it had never stopped. `budget.epochs` may be another:
   * a schedule that ends with the training then follows the new length.
   */
  readonly resume?: ReconstructorArtifacts;
  /** Given a checkpoint after every epoch, whenever an epoch is the best so far, every few minutes, and at an abort; awaited. */
  save?(which: 'best' | 'last', checkpoint: ReconstructorArtifacts): void | Promise<void>;
}

/** What {@link trainExperiment} ends with. */
export interface TrainedExperiment {
  /** As of the last step. The caller disposes it. */
  readonly reconstructor: Reconstructor;
  /** The same as plain data with the optimizer's state and the place in the training: what `resume` takes, now or another day. */
  readonly checkpoint: ReconstructorArtifacts;
  readonly state: TrainingState;
  /** False when an abort came first. */
  readonly complete: boolean;
}

const defaults = { validationImages: 200 } as const;
const optionNames: OptionNames<TrainExperimentOptions> = {
  ...defaults,
  scene: 1,
  onEvent: 1,
  signal: 1,
  resume: 1,
  save: 1,
};

/**
 * Trains on fresh images of a scene, all of it in memory and in this thread: no files, so it runs in a browser's worker as well as in
 * Node.js, on whatever TensorFlow.js backend is set. (`startRun` of the Node.js entry trains into a folder, with threads and data sets.)
 *
 * @param experiment its data must be a stream
 * @throws TrainingError as its code says; SurfaceError if an object cannot be drawn before the first step; `signal.reason` when aborted
 *   before `started`. Each is told in an event `failed` too.
 */
export function trainExperiment(
  experiment: ExperimentOptions,
  options: TrainExperimentOptions,
): Promise<TrainedExperiment> {
  return tellingFailure(options.onEvent, () => train(parseExperiment(experiment), options));
}

async function train(experiment: Experiment, options: TrainExperimentOptions): Promise<TrainedExperiment> {
  checkOptions('trainExperiment', options, optionNames);
  const { scene, onEvent = () => {}, signal, validationImages = defaults.validationImages, save } = options;
  const { epochImages } = streamOf(experiment);
  if (!Number.isSafeInteger(validationImages) || validationImages < 1) {
    throw wrong('validationImages', `expected a whole number of at least 1, got ${validationImages}`);
  }
  signal?.throwIfAborted();
  checkAugmentation(experiment.augmentation, scene, experiment.camera);
  const limits = await imageLimits(scene, {
    onProgress: (done, total) => onEvent({ type: 'progress', stage: 'limits', done, total }),
    ...(signal && { signal }),
  });
  const card = modelCard({ scene: writtenDown(scene), limits, experiment });
  const position = await startingPosition(experiment, card, options);
  const { reconstructor, optimizer, state } = position;
  try {
    const { imageSize } = reconstructor.config;
    const { batchSize, seed } = experiment;
    const cameraTargets = cameraTargetsOf(reconstructor.targets, scene);
    const [least, greatest] = scene.background;
    const session = {
      ...position,
      experiment,
      runner: localStepRunner(reconstructor, optimizer),
      scene,
      source: sceneSource({ scene, imageSize, batchSize, seed, epochImages, cameraTargets }),
      validation: sceneImages(scene, imageSize, validationImages, cameraTargets),
      val: Uint32Array.from({ length: validationImages }, (_, index) => index),
      combinations: limits.combinations,
      calibration: startingCalibration(position, scene),
      visible: scene.surface.parameters.map(({ name }) => name).filter((name) => !limits.invisible.includes(name)),
      ...(least === greatest && { background: least }),
    };
    const complete = await runTraining(session, {
      onEvent,
      ...(signal && { signal }),
      ...(save && {
        save: async (which) => save(which, await takeCheckpoint(position, calibratedCard(card, session))),
      }),
    });
    const checkpoint = await takeCheckpoint(position, calibratedCard(card, session));
    onEvent(finishedEvent(state, complete));
    return { reconstructor, checkpoint, state, complete };
  } catch (error) {
    reconstructor.dispose();
    throw error;
  } finally {
    optimizer.dispose();
  }
}

function streamOf({ data, workers }: Experiment): { readonly epochImages: number } {
  const found = { 'data.kind': data.kind, 'data.folder': data.folder, workers };
  const expected = { 'data.kind': 'stream', 'data.folder': undefined, workers: 1 };
  for (const field of Object.keys(found) as (keyof typeof found)[]) {
    if (found[field] === expected[field]) continue;
    const said = [expected[field], found[field]].map((value) => JSON.stringify(value) ?? 'nothing').join(', got ');
    throw wrong(field, `without files and in one thread expected ${said}`);
  }
  return data as Extract<typeof data, { kind: 'stream' }>;
}

function wrong(field: string, rest: string): TrainingError {
  const reason = `${field} is wrong; ${rest}`;
  return new TrainingError('wrong-experiment', { field, reason }, `trainExperiment: ${reason}`);
}

/** A surface of one's own, a function, can be trained on in memory. */
function writtenDown(scene: Scene): SceneJson | undefined {
  try {
    return sceneToJson(scene);
  } catch {
    return undefined;
  }
}

/** Where the checkpoint stands, or before the first step. */
async function startingPosition(
  experiment: Experiment,
  card: ModelCard,
  { scene, resume }: TrainExperimentOptions,
): Promise<TrainingPosition> {
  const targets = experimentTargets(experiment, scene);
  if (resume) return openCheckpoint(resume, { experiment, card, targets });
  const reconstructor = createReconstructor({ ...modelOf(experiment), targets, card });
  return { reconstructor, optimizer: createOptimizer(experiment), state: initialState() };
}
