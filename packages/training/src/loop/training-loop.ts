import { SurfaceError } from '@kanrecon/geometry';
import { ReplicaError } from '@kanrecon/tfjs-wasm-training/node';
import type { Ui } from 'kanrecon';
import { formatDuration, UserError } from 'kanrecon';
import { predictIndices } from '../evaluation/predict-indices.js';
import { scorePredictions } from '../evaluation/score-predictions.js';
import { saveBest, saveLast } from '../node/run/checkpoint.js';
import { hasCheckpoint, type RunFolder } from '../node/run/run-folder.js';
import { StreamError } from '../node/source/stream-source.js';
import { type TrainingSession, trainEpoch } from './train-epoch.js';
import { bestEpoch, type EpochRecord } from './training-state.js';

/** A long epoch is saved in between, so that a crash costs no more than this. */
const minutesBetweenSaves = 5;

/**
 * Trains until the last epoch or the first Ctrl-C, saving after every epoch, every few minutes and when interrupted.
 *
 * @returns whether all epochs are done
 * @throws UserError when the loss stops being a number; the last good checkpoint stays
 */
export async function trainingLoop(session: TrainingSession, folder: RunFolder, ui: Ui, signal: AbortSignal) {
  const { settings, state, reconstructor, optimizer, runner } = session;
  const save = async () => {
    await runner.synchronise();
    await saveLast(folder, reconstructor, optimizer, state);
  };
  if (signal.aborted) {
    await save();
    return false;
  }
  let savedAt = performance.now();
  while (state.epoch < settings.epochs) {
    const finished = await withProgress(session, ui, async (onStep) =>
      trainEpoch(session, async (loss) => {
        onStep(loss);
        if (performance.now() - savedAt > minutesBetweenSaves * 60_000) {
          await save();
          savedAt = performance.now();
        }
        return !signal.aborted;
      }),
    ).catch(explainFailure(session, folder));
    // An interrupted last step still ends its epoch; validation is quick.
    if (!finished && state.step < session.source.steps) {
      await save();
      return false;
    }
    const record = await finishEpoch(session, folder);
    if (record.best) await saveBest(folder, reconstructor, state);
    await save();
    savedAt = performance.now();
    ui.say(describeEpoch(record, settings.epochs));
    if (signal.aborted) return state.epoch >= settings.epochs;
  }
  return true;
}

async function withProgress<T>(session: TrainingSession, ui: Ui, run: (onStep: (loss: number) => void) => Promise<T>) {
  const { settings, state, source } = session;
  const progress = ui.progress({
    label: `Epoch ${state.epoch + 1}/${settings.epochs}`,
    total: source.images,
    initial: state.images,
    unit: 'images',
  });
  try {
    return await run(() => progress.update(state.images, `loss ${(state.lossSum / state.images).toFixed(4)}`));
  } finally {
    progress.stop();
  }
}

/** Validates, appends the epoch's record to the history and sets the state to the next epoch's start. */
async function finishEpoch(session: TrainingSession, folder: RunFolder): Promise<EpochRecord> {
  const { reconstructor, cache, val, state, optimizer, runner } = session;
  await runner.synchronise().catch(explainFailure(session, folder));
  const predictions = await predictIndices(reconstructor, cache, val);
  // The epoch's last step may have ruined the weights after its own loss was fine.
  if (!predictions.every(Number.isFinite)) explainFailure(session, folder)(new Error('the loss is NaN'));
  const { surface } = reconstructor;
  const scores = scorePredictions(surface, cache.targets(val, surface), predictions, session.visible);
  const best = bestEpoch(state);
  const record: EpochRecord = {
    epoch: state.epoch + 1,
    train_loss: state.lossSum / state.images,
    val_loss: scores.mse,
    val_mae: scores.mae,
    val_rmse: scores.rmse,
    val_r2: scores.r2,
    val_r2_visible: scores.r2Visible,
    val_r2_per_parameter: Object.fromEntries(scores.perParameter.map(({ name, r2 }) => [name, r2])),
    learning_rate: optimizer.learningRate,
    seconds: state.seconds,
    images_per_second: state.images / state.seconds,
    best: !best || scores.mse < best.val_loss,
  };
  state.history.push(record);
  Object.assign(state, { epoch: state.epoch + 1, step: 0, lossSum: 0, images: 0, seconds: 0 });
  return record;
}

/** Turns "the loss is NaN" into advice and says of a worker's failure what is left; other errors pass. */
function explainFailure({ state, settings }: TrainingSession, folder: RunFolder) {
  return (error: unknown): never => {
    const value = /the loss is (NaN|-?Infinity)/.exec((error as Error).message)?.[1];
    const where = `epoch ${state.epoch + 1}, step ${state.step + 1}`;
    if (error instanceof StreamError && error.cause instanceof SurfaceError) {
      // Going on would end in the same place.
      throw new UserError(`training stopped in ${where}: ${error.message}.`, { cause: error });
    }
    if (!value && (error instanceof ReplicaError || error instanceof StreamError)) {
      throw new Error(
        `training stopped in ${where}: ${error.message}; go on from the last checkpoint with kanrecon train --out ${folder.path} --resume.`,
        { cause: error },
      );
    }
    if (!value) throw error;
    const best = bestEpoch(state);
    const rest = hasCheckpoint(folder, 'best')
      ? `${folder.best} keeps the best epoch${best ? `, ${best.epoch},` : ''} before that; to train anew, choose another --out`
      : `there is no good checkpoint yet, so delete ${folder.path} or choose another --out, and train again`;
    throw new UserError(
      `training stopped: the loss became ${value} in ${where}; ${rest} with a lower --learning-rate than ${settings.learningRate} (or another --weight-decay than ${settings.weightDecay}).`,
      { cause: error },
    );
  };
}

function describeEpoch(record: EpochRecord, epochs: number): string {
  const { epoch, train_loss, val_loss, val_r2_visible, images_per_second, seconds } = record;
  const parts = [
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`,
    `train loss ${train_loss.toFixed(4)}`,
    `val loss ${val_loss.toFixed(4)}`,
    `R² (visible) ${val_r2_visible.toFixed(3)}`,
    `${images_per_second.toFixed(0)} images/s`,
    formatDuration(seconds),
  ];
  return parts.join('  ') + (record.best ? '  *' : '');
}
