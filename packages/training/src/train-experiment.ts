import type { ImageStream, OpenImageStreamOptions } from '@kanrecon/dataset';
import { checkOptions, type OptionNames } from '@kanrecon/geometry';
import { createReconstructor, type ModelCard, type Reconstructor, type ReconstructorArtifacts } from '@kanrecon/model';
import type { Scene } from '@kanrecon/scene';
import { openCheckpoint, type TrainingPosition, takeCheckpoint } from './checkpoint/training-checkpoint.js';
import { tellingFailure } from './events/telling-failure.js';
import type { OnTrainingEvent } from './events/training-event.js';
import { type Experiment, type ExperimentOptions, modelOf } from './experiment/experiment.js';
import { parseExperiment } from './experiment/parse-experiment.js';
import { wrongExperiment } from './experiment/wrong-experiment.js';
import { growingStepRunner, type Trained } from './growth/growing-step-runner.js';
import type { BackboneWeights } from './init/backbone-weights.js';
import { beginFromWeights } from './init/begin-from-weights.js';
import { beginTraining } from './init/begin-training.js';
import { prepareWeights } from './init/prepare-weights.js';
import { resumedExperiment } from './init/resumed-experiment.js';
import { calibratedCard, startingCalibration } from './loop/calibrated-card.js';
import { createOptimizer } from './loop/create-optimizer.js';
import { localStepRunner } from './loop/local-step-runner.js';
import { finishedEvent, runTraining } from './loop/run-training.js';
import { initialState, type TrainingState } from './loop/training-state.js';
import { imagesOfScene } from './source/images-of-scene.js';
import { imagesOfTable } from './source/images-of-table.js';
import type { TrainingImages } from './source/training-images.js';
import type { TrainingSource } from './source/training-source.js';
import type { TrainingTable } from './source/training-table.js';
import type { TrainingError } from './training-error.js';

/** Options of {@link trainExperiment}. */
export interface TrainExperimentOptions {
  /** What is drawn, where images are streamed. */
  readonly scene?: Scene;
  /** Images to validate with after every epoch, where they are drawn; 200 when left out. */
  readonly validationImages?: number;
  /** Images with their numbers, where the experiment's data are a table. */
  readonly table?: TrainingTable;
  /**
   * Draws the images to train on in threads, as many as `data.workers` says, in place of this one: `openImageStream` of
   * @kanrecon/dataset/node, or in a browser `(options) => openImageStreamOn(startThread, options)` of @kanrecon/dataset. The images, and
   * so all numbers, are the same.
   */
  readonly openStream?: (options: OpenImageStreamOptions) => ImageStream;
  readonly onEvent?: OnTrainingEvent;
  /** Aborted while it trains, training ends after the step in hand; aborted before `started`, it throws the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * A checkpoint of the same experiment, to go on from with the same numbers as if it had never stopped. `budget.epochs` may be another:
   * a schedule that ends with the training then follows the new length.
   */
  readonly resume?: ReconstructorArtifacts;
  /**
   * A trained network to begin from in place of random weights. What fits by name and shape is taken over, see `beginFrom` of
   * @kanrecon/model; what does not is told in a notice `begun-from`. It stays as it is, and the caller's. Not beside `resume`: a checkpoint
   * has all of it.
   */
  readonly initFrom?: Reconstructor;
  /**
   * Weights of the backbone that were trained elsewhere, such as ImageNet's by `fetchPretrained` of @kanrecon/backbones: the head begins
   * anew, and images are normalised as these weights need it unless the experiment says how. Not beside `initFrom` or `resume`.
   */
  readonly pretrained?: BackboneWeights;
  /**
   * Whether the features of a frozen backbone are computed once, where every epoch has the same images, a table's, and they are not
   * augmented: true when left out. The numbers are the same within rounding.
   */
  readonly cacheFeatures?: boolean;
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
  table: 1,
  openStream: 1,
  onEvent: 1,
  signal: 1,
  resume: 1,
  initFrom: 1,
  pretrained: 1,
  cacheFeatures: 1,
  save: 1,
};

/**
 * Trains on fresh images of a scene, or on images of one's own with a table of numbers, all of it in memory and in this thread (but for
 * drawing, which threads of yours can do): no files, so it runs in a browser's worker as well as in Node.js, on whatever TensorFlow.js backend is set. (`startRun` of the Node.js entry trains
 * into a folder, with threads and data sets.)
 *
 * @param experiment its data must be a stream, or a table
 * @throws TrainingError as its code says; SurfaceError if an object cannot be drawn before the first step; `signal.reason` when aborted
 *   before `started`. Each is told in an event `failed` too.
 */
export function trainExperiment(
  experiment: ExperimentOptions,
  options: TrainExperimentOptions,
): Promise<TrainedExperiment> {
  return tellingFailure(options.onEvent, () => train(parseExperiment(experiment), options));
}

async function train(given: Experiment, options: TrainExperimentOptions): Promise<TrainedExperiment> {
  checkOptions('trainExperiment', options, optionNames);
  const experiment = withWeights(given, options);
  const { onEvent = () => {}, signal, save } = options;
  const images = await imagesOf(experiment, options);
  const { init, ...position } = await startingPosition(experiment, images, options);
  const card: ModelCard = { ...images.card, ...(init !== undefined && { init }) };
  const { reconstructor, optimizer, state } = position;
  const start = (trained: Trained) => localStepRunner(trained.reconstructor, trained.optimizer);
  const runner = experiment.growth ? growingStepRunner(experiment, position, start) : start(position);
  let source: TrainingSource | undefined;
  try {
    const parts = await images.session(position);
    source = parts.source;
    const session = {
      ...position,
      ...parts,
      experiment,
      runner,
      calibration: startingCalibration(position, parts),
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
    await source?.close();
    await runner.close();
  }
}

/** The experiment with what weights from elsewhere say of it. */
function withWeights(experiment: Experiment, { resume, initFrom, pretrained }: TrainExperimentOptions): Experiment {
  if (resume) {
    if (pretrained) throw wrong('pretrained', 'expected none beside resume, which holds the weights');
    return resumedExperiment(experiment, resume);
  }
  if (!pretrained) return experiment;
  if (initFrom) throw wrong('pretrained', 'expected none beside initFrom');
  return prepareWeights(experiment, pretrained);
}

/** What is trained on, checked before anything takes time. */
async function imagesOf(experiment: Experiment, options: TrainExperimentOptions): Promise<TrainingImages> {
  if (options.resume && options.initFrom)
    throw wrong('initFrom', 'expected none beside resume, which holds the weights');
  const { scene, table, openStream, onEvent = () => {}, signal } = options;
  const { validationImages = defaults.validationImages } = options;
  const { data, camera, workers } = experiment;
  const isTable = data.kind === 'table';
  refuseOther('data.kind', data.kind, isTable ? 'table' : 'stream');
  refuseOther('data.folder', data.folder, undefined);
  refuseOther('workers', workers, 1);
  for (const name of isTable ? (['scene', 'validationImages', 'openStream'] as const) : (['table'] as const)) {
    if (options[name] !== undefined) throw wrong(name, `expected none where the data are a ${data.kind}`);
  }
  signal?.throwIfAborted();
  const preparing = { onEvent, signal, cacheFeatures: options.cacheFeatures ?? true };
  if (isTable) {
    // No scene says what a camera's angles are.
    refuseOther('camera', camera, false);
    if (!table) throw wrong('table', 'expected the images and numbers to train on, got nothing');
    return imagesOfTable(experiment, table, preparing);
  }
  if (!scene) throw wrong('scene', 'expected what is to be drawn, got nothing');
  if (!Number.isSafeInteger(validationImages) || validationImages < 1) {
    throw wrong('validationImages', `expected a whole number of at least 1, got ${validationImages}`);
  }
  const { epochImages } = data as Extract<typeof data, { kind: 'stream' }>;
  return imagesOfScene(experiment, scene, { epochImages, validationImages, openStream, ...preparing });
}

function refuseOther(field: string, found: unknown, expected: unknown): void {
  if (found === expected) return;
  const said = [expected, found].map((value) => JSON.stringify(value) ?? 'nothing').join(', got ');
  throw wrong(field, `without files and in one thread expected ${said}`);
}

function wrong(field: string, rest: string): TrainingError {
  return wrongExperiment('trainExperiment', field, rest);
}

/** Where the checkpoint stands, or before the first step. */
async function startingPosition(
  experiment: Experiment,
  { targets, card }: TrainingImages,
  { resume, initFrom, pretrained, onEvent = () => {} }: TrainExperimentOptions,
): Promise<TrainingPosition & Pick<ModelCard, 'init'>> {
  if (resume) {
    const position = await openCheckpoint(resume, { experiment, card, targets });
    return { ...position, init: position.reconstructor.card['init'] };
  }
  const reconstructor = createReconstructor({ ...modelOf(experiment), targets, card });
  const position = { reconstructor, optimizer: createOptimizer(experiment, reconstructor), state: initialState() };
  if (initFrom) return { ...position, init: { ...(await beginTraining(reconstructor, initFrom, onEvent)) } };
  if (pretrained) return { ...position, init: { ...(await beginFromWeights(reconstructor, pretrained, onEvent)) } };
  return position;
}
