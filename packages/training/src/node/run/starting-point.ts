import { imageLimits } from '@kanrecon/identifiability';
import { createReconstructor } from '@kanrecon/model';
import { experimentTargets } from '../../camera/experiment-targets.js';
import type { TrainingPosition } from '../../checkpoint/training-checkpoint.js';
import { modelOf } from '../../experiment/experiment.js';
import { modelCard } from '../../experiment/model-card.js';
import { createOptimizer } from '../../loop/create-optimizer.js';
import { fromJson, initialState, type TrainingState } from '../../loop/training-state.js';
import { TrainingError } from '../../training-error.js';
import { loadCheckpoint } from './load-checkpoint.js';
import { readLogText } from './read-run-log.js';
import { readRunSummary } from './read-run-summary.js';
import type { RunConfig } from './run-config.js';
import { hasCheckpoint, type RunFolder } from './run-folder.js';
import { runScene } from './run-scene.js';

/** Where a run goes on. */
export interface StartingPoint {
  readonly position: TrainingPosition;
  /** Which checkpoint that is; none before the first. */
  readonly from?: 'last' | 'best';
  /** Where the best checkpoint stands, if there is one. */
  readonly best?: TrainingState;
}

/**
 * Where a run goes on: at its last checkpoint; without one at its best, with an optimizer that starts anew; at the beginning if it has
 * never had any.
 *
 * @throws TrainingError `unusable-checkpoint` if one that is there cannot be used: nothing is given up unasked; `checkpoints-missing` if
 *   there is none, but has been
 */
export async function startingPoint(
  folder: RunFolder,
  config: RunConfig,
  signal?: AbortSignal,
): Promise<StartingPoint> {
  const best = hasCheckpoint(folder, 'best') ? await openBest(folder) : undefined;
  if (hasCheckpoint(folder, 'last')) {
    try {
      const position = await openLast(folder, config);
      best?.reconstructor.dispose();
      return { position, from: 'last', ...(best && { best: best.state }) };
    } catch (error) {
      best?.reconstructor.dispose();
      const otherwise = best
        ? `move it away to go on from epoch ${best.state.epoch}, which ${folder.best} holds`
        : 'train anew in another folder: there is no other checkpoint to go on from';
      throw withAdvice(error, folder.last, otherwise);
    }
  }
  if (!best) return { position: await beginning(folder, config, signal) };
  const { reconstructor, state } = best;
  const optimizer = createOptimizer(config.experiment, reconstructor);
  return { position: { reconstructor, optimizer, state }, from: 'best', best: structuredClone(state) };
}

async function openLast(folder: RunFolder, { experiment }: RunConfig): Promise<TrainingPosition> {
  const { reconstructor, optimizerState, extra } = await loadCheckpoint(folder, 'last');
  try {
    const state = fromJson(extra);
    if (typeof state === 'string') throw unusable(`${folder.last} cannot be used: ${state}`);
    if (!optimizerState) throw unusable(`${folder.last} cannot be used: it holds no state of the optimizer`);
    return { reconstructor, optimizer: createOptimizer(experiment, reconstructor).setState(optimizerState), state };
  } catch (error) {
    reconstructor.dispose();
    throw error;
  }
}

async function openBest(folder: RunFolder) {
  const advise = (error: unknown) => withAdvice(error, folder.best, 'move it away to go on without it');
  const { reconstructor, extra } = await loadCheckpoint(folder, 'best').catch((error) => {
    throw advise(error);
  });
  const state = fromJson(extra);
  if (typeof state !== 'string') return { reconstructor, state };
  reconstructor.dispose();
  throw advise(unusable(`${folder.best} cannot be used: ${state}`));
}

/** A run that was stopped hard before its first checkpoint has lost nothing by beginning again. */
async function beginning(folder: RunFolder, config: RunConfig, signal?: AbortSignal): Promise<TrainingPosition> {
  const logged = (await readLogText(folder)).split('\n').filter(Boolean).length;
  const epochs = Math.max(logged, (await readRunSummary(folder))?.epochs ?? 0);
  if (epochs > 0) {
    const { path } = folder;
    const message = `startingPoint: ${path} has come to epoch ${epochs}, but neither last nor best is there; expected one of them`;
    throw new TrainingError('checkpoints-missing', { path, epochs }, message);
  }
  const { experiment, init } = config;
  if (init) {
    const { path } = folder;
    const message = `startingPoint: ${path} began from the weights of ${init.name}, which its first checkpoint kept, but neither last nor best is there; expected one of them`;
    throw new TrainingError('checkpoints-missing', { path, epochs }, message);
  }
  const scene = await runScene(folder, config);
  const limits = await imageLimits(scene, signal ? { signal } : {});
  const card = modelCard({ scene: config.scene, limits, experiment });
  const reconstructor = createReconstructor({
    ...modelOf(experiment),
    targets: experimentTargets(experiment, scene),
    card,
  });
  return { reconstructor, optimizer: createOptimizer(experiment, reconstructor), state: initialState() };
}

function withAdvice(error: unknown, folder: string, otherwise: string): unknown {
  if (!(error instanceof TrainingError) || !error.is('unusable-checkpoint')) return error;
  // Where the model is damaged, it says this already.
  const reason = error.details.reason.replace(/; put a sound copy of the model in its place$/, '');
  return unusable(`${reason}; put a sound copy of ${folder} in its place, or ${otherwise}`, error);
}

function unusable(reason: string, cause?: unknown): TrainingError {
  return new TrainingError('unusable-checkpoint', { reason }, `resumeRun: ${reason}`, { cause });
}
