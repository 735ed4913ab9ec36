import { withoutCaller } from '@kanrecon/image';
import {
  type AdamW,
  CheckpointError,
  fromArtifacts,
  type ModelCard,
  type Reconstructor,
  type ReconstructorArtifacts,
  type Target,
  toArtifacts,
} from '@kanrecon/model';
import type { Experiment } from '../experiment/experiment.js';
import { createOptimizer } from '../loop/create-optimizer.js';
import { fromJson, type TrainingState, toJson } from '../loop/training-state.js';
import { TrainingError } from '../training-error.js';
import { otherSetting } from './other-setting.js';

/** Network, optimizer and place of a training. */
export interface TrainingPosition {
  readonly reconstructor: Reconstructor;
  readonly optimizer: AdamW;
  readonly state: TrainingState;
}

/** What a checkpoint must belong to. */
export interface WantedTraining {
  readonly experiment: Experiment;
  /** With the same experiment and the scene. */
  readonly card: ModelCard;
  readonly targets: readonly Target[];
}

/**
 * All that going on needs, as plain data: it may be stored, or sent to another thread. The same that lies in the `last` of a run's
 * folder.
 */
export function takeCheckpoint(
  { reconstructor, optimizer, state }: TrainingPosition,
  card: ModelCard,
): Promise<ReconstructorArtifacts> {
  return toArtifacts(reconstructor, { optimizer, card, extra: toJson(state) });
}

/**
 * The inverse of {@link takeCheckpoint}; the caller disposes network and optimizer.
 *
 * @throws TrainingError `unusable-checkpoint` if it is damaged or knows other targets; `wrong-experiment` if it belongs to another
 *   experiment or scene
 */
export async function openCheckpoint(
  artifacts: ReconstructorArtifacts,
  { experiment, card, targets }: WantedTraining,
): Promise<TrainingPosition> {
  const { reconstructor, optimizerState, extra } = await fromArtifacts(artifacts).catch(explainUnusable);
  try {
    const state = fromJson(extra);
    if (typeof state === 'string') throw unusable(`the checkpoint cannot be used: ${state}`);
    if (!optimizerState) throw unusable('the checkpoint holds no state of the optimizer to resume from');
    refuseOther(reconstructor.card, card);
    if (rangesOf(reconstructor.targets) !== rangesOf(targets)) {
      throw unusable('the checkpoint was trained on parameters with other names or ranges than these images have');
    }
    return { reconstructor, optimizer: createOptimizer(experiment, reconstructor).setState(optimizerState), state };
  } catch (error) {
    reconstructor.dispose();
    throw error;
  }
}

function refuseOther(before: ModelCard, now: ModelCard): void {
  // A scene that cannot be written down is on no card; its parameters are compared later.
  const scenes = before.scene && now.scene && otherSetting({ scene: before.scene }, { scene: now.scene });
  // Those of before there was a choice have none of the camera.
  const stored = { camera: false, ...(before.experiment as object | undefined) };
  const other = otherSetting(stored, now.experiment) ?? scenes;
  if (!other) return;
  const { field } = other;
  const reason = `${field} is another than the checkpoint was trained with; expected ${other.before}, got ${other.now}`;
  throw new TrainingError('wrong-experiment', { field, reason }, `trainExperiment: ${reason}`);
}

function rangesOf(targets: readonly Target[]): string {
  return JSON.stringify(targets.map(({ name, min, max }) => [name, min, max]));
}

function explainUnusable(error: unknown): never {
  if (!(error instanceof CheckpointError)) throw error;
  throw unusable(withoutCaller(error.message), error);
}

function unusable(reason: string, cause?: unknown): TrainingError {
  return new TrainingError('unusable-checkpoint', { reason }, `trainExperiment: ${reason}`, { cause });
}
