import { SurfaceError } from '@kanrecon/geometry';
import { NonFiniteLossError, NonFinitePredictionError, recomputeStatistics } from '@kanrecon/model';
import { fusedApply } from '@kanrecon/tfjs-wasm-training';
import { calibrate } from '../evaluation/calibration.js';
import { predictIndicesWithSpread } from '../evaluation/predict-indices-with-spread.js';
import { scoreCamera } from '../evaluation/score-camera.js';
import { scorePredictions } from '../evaluation/score-predictions.js';
import { takeColumns } from '../evaluation/take-columns.js';
import type { OnTrainingEvent } from '../events/training-event.js';
import { TrainingError } from '../training-error.js';
import { WorkerError } from '../worker-error.js';
import { type TrainingSession, trainEpoch } from './train-epoch.js';
import { bestEpoch, definedOrNull, type EpochRecord } from './training-state.js';
import { yieldToEvents } from './yield-to-events.js';

/** A long epoch is saved in between, so that a crash costs no more than this. */
const minutesBetweenSaves = 5;

/** What the loop has around it. */
export interface TrainingHooks {
  readonly onEvent: OnTrainingEvent;
  /** Aborted, it finishes the step in hand, saves and returns. */
  readonly signal?: AbortSignal;
  /** Saves network, optimizer and state; the runner has been synchronised. */
  save?(which: 'best' | 'last', session: TrainingSession): Promise<void>;
}

/**
 * Trains until the last epoch or an abort, saving after every epoch, every few minutes and when interrupted.
 *
 * @returns whether all epochs are done
 * @throws TrainingError `loss-not-finite` when the loss stops being a number: the last good checkpoint stays; `out-of-memory` when a step
 *   does not fit into the WASM backend's memory; `undrawable-object` when a streamed object cannot be drawn; `worker-failed` when a thread fails
 */
export async function trainingLoop(session: TrainingSession, hooks: TrainingHooks): Promise<boolean> {
  const { experiment, state, runner } = session;
  const { onEvent, signal } = hooks;
  const { epochs } = experiment.budget;
  const save = async (which: 'best' | 'last') => {
    await hooks.save?.(which, session);
    if (hooks.save) onEvent({ type: 'checkpoint', which, epoch: state.epoch, step: state.step });
  };
  const saveLast = async () => {
    await runner.synchronise().catch(explainFailure(session));
    await save('last');
  };
  if (signal?.aborted) {
    await saveLast();
    return false;
  }
  let savedAt = performance.now();
  while (state.epoch < epochs) {
    const finished = await trainEpoch(session, async () => {
      onEvent(stepEvent(session));
      if (hooks.save && performance.now() - savedAt > minutesBetweenSaves * 60_000) {
        await saveLast();
        savedAt = performance.now();
      }
      return !signal?.aborted;
    }).catch(explainFailure(session));
    // An interrupted last step still ends its epoch; validation is quick.
    if (!finished && state.step < session.source.steps) {
      await saveLast();
      return false;
    }
    const record = await finishEpoch(session, onEvent);
    // In this order: the last checkpoint is the truth, and a best one that is missing can be made from it.
    await saveLast();
    if (record.best) await save('best');
    savedAt = performance.now();
    onEvent({ type: 'epoch', record, epochs });
    if (signal?.aborted) return state.epoch >= epochs;
  }
  return true;
}

function stepEvent({ state, source, experiment, imageSizeOf }: TrainingSession) {
  const { epoch, step, images, lossSum } = state;
  return {
    type: 'step',
    ...{ epoch: epoch + 1, step, steps: source.steps, images, loss: lossSum / images },
    ...(experiment.growth && { imageSize: imageSizeOf(epoch) }),
  } as const;
}

/** Validates, appends the epoch's record to the history and sets the state to the next epoch's start. */
async function finishEpoch(session: TrainingSession, onEvent: OnTrainingEvent): Promise<EpochRecord> {
  const { reconstructor, validation, val, state, optimizer, runner } = session;
  await runner.synchronise().catch(explainFailure(session));
  await ownStatistics(session).catch(explainFailure(session));
  const { mean: predictions, spread } = await predictIndicesWithSpread(reconstructor, validation, val).catch(
    (error) => {
      // The epoch's last step may have ruined the weights after its own loss was fine.
      const ruined = error instanceof NonFinitePredictionError;
      return explainFailure(session)(ruined ? new NonFiniteLossError(error.value, state.step) : error);
    },
  );
  const { visible, scored, scene } = session;
  const width = reconstructor.targets.length;
  const targets = validation.targets(val);
  const columns = Array.from({ length: width }, (_, column) => column);
  const parts = [columns.slice(0, scored.length), columns.slice(scored.length)].map((part) => ({
    real: takeColumns(targets, width, part),
    found: takeColumns(predictions, width, part),
  }));
  const [shape, view] = parts as [(typeof parts)[0], (typeof parts)[0]];
  const scores = scorePredictions(scored, shape.real, shape.found, visible);
  const camera = scene && scoreCamera(scene, reconstructor.targets.slice(scored.length), view.real, view.found);
  session.calibration.current =
    spread &&
    calibrate(scored, session.combinations, {
      real: shape.real,
      mean: shape.found,
      spread: takeColumns(spread, width, columns.slice(0, scored.length)),
    });
  const best = bestEpoch(state);
  const record: EpochRecord = {
    epoch: state.epoch + 1,
    train_loss: state.lossSum / state.images,
    val_loss: scores.mse,
    val_mae: scores.mae,
    val_rmse: scores.rmse,
    val_r2: definedOrNull(scores.r2),
    val_r2_visible: definedOrNull(scores.r2Visible),
    val_r2_per_parameter: Object.fromEntries(scores.perParameter.map(({ name, r2 }) => [name, definedOrNull(r2)])),
    ...(camera && {
      val_camera_degrees: { ...camera.medianDegrees, rotation: camera.rotation.medianDegrees },
    }),
    ...(session.experiment.growth && { image_size: session.imageSizeOf(state.epoch) }),
    learning_rate: optimizer.learningRate,
    seconds: state.seconds,
    images_per_second: definedOrNull(state.images / state.seconds),
    best: !best || scores.mse < best.val_loss,
  };
  onEvent({ type: 'validation', epoch: record.epoch, scores, ...(camera && { camera }) });
  state.history.push(record);
  Object.assign(state, { epoch: state.epoch + 1, step: 0, lossSum: 0, images: 0, seconds: 0 });
  return record;
}

/**
 * Norms' moving statistics follow the weights and the images in training. Where the network is the average of the weights, or has images
 * of another size, it needs statistics of its own; steps do not look at them.
 */
async function ownStatistics({ reconstructor, experiment, state, typical, imageSizeOf }: TrainingSession) {
  const isAverage = experiment.optimizer.averageDecay !== undefined;
  if (!isAverage && imageSizeOf(state.epoch) === reconstructor.config.imageSize) return;
  await recomputeStatistics(reconstructor, lettingEventsThrough(typical()), { apply: fusedApply });
}

/** Drawing and seeing images takes seconds, in which somebody may want to be heard. */
async function* lettingEventsThrough<T>(values: Iterable<T>): AsyncGenerator<T> {
  for (const value of values) {
    await yieldToEvents();
    yield value;
  }
}

/** The error, what it was caused by, and so on. */
function causes(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...causes(error.cause)] : [error];
}

/** What the error of a step that does not fit has as its `code`, in this thread and from the workers'. */
const heapFull = 'ERR_WASM_HEAP_FULL';

/** Says where in the training it is that a loss is no number, a step does not fit or an object cannot be drawn; other errors pass. */
function explainFailure({ state, experiment, imageSizeOf }: TrainingSession) {
  return (error: unknown): never => {
    const place = { epoch: state.epoch + 1, step: state.step + 1 };
    const where = `in epoch ${place.epoch}, step ${place.step}`;
    if (causes(error).some((each) => each instanceof SurfaceError)) {
      const { message: reason } = error as Error;
      const message = `trainingLoop: training stopped ${where}: ${reason}`;
      throw new TrainingError('undrawable-object', { ...place, reason }, message, { cause: error });
    }
    if (causes(error).some((each) => (each as { code?: unknown } | undefined)?.code === heapFull)) {
      const { message: reason } = error as Error;
      const { batchSize, workers } = experiment;
      const imageSize = imageSizeOf(state.epoch);
      const message = `trainingLoop: training stopped ${where}: ${reason}`;
      throw new TrainingError('out-of-memory', { ...place, batchSize, imageSize, workers, reason }, message, {
        cause: error,
      });
    }
    if (error instanceof WorkerError) {
      const { message: reason } = error;
      const message = `trainingLoop: training stopped ${where}: ${reason}`;
      throw new TrainingError('worker-failed', { ...place, reason }, message, { cause: error });
    }
    if (!(error instanceof NonFiniteLossError)) throw error;
    const { learningRate, weightDecay } = experiment.optimizer;
    const bestEpochNumber = bestEpoch(state)?.epoch;
    const value = String(error.value);
    throw new TrainingError(
      'loss-not-finite',
      { value, ...place, ...(bestEpochNumber && { bestEpoch: bestEpochNumber }), learningRate, weightDecay },
      `trainingLoop: the loss became ${value} ${where}; expected a lower learning rate than ${learningRate}, or another weight decay than ${weightDecay}`,
      { cause: error },
    );
  };
}
