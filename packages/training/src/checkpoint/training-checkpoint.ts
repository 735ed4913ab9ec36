import {
  type AdamW,
  CheckpointError,
  fromArtifacts,
  type JsonValue,
  type LoadedReconstructor,
  type Reconstructor,
  type ReconstructorArtifacts,
  type Target,
  toArtifacts,
} from '@kanrecon/model';
import type { Scene } from '@kanrecon/scene';
import type { Experiment } from '../experiment/experiment.js';
import { createOptimizer } from '../loop/create-optimizer.js';
import { fromJson, type TrainingState, toJson } from '../loop/training-state.js';
import { TrainingError } from '../training-error.js';
import { withoutCaller } from '../without-caller.js';
import { otherSetting } from './other-setting.js';

/** Network, optimizer and place of a training. */
export interface TrainingPosition {
  readonly reconstructor: Reconstructor;
  readonly optimizer: AdamW;
  readonly state: TrainingState;
}

/** All that going on needs, as plain data: it may be stored, or sent to another thread. */
export function takeCheckpoint(
  { reconstructor, optimizer, state }: TrainingPosition,
  experiment: Experiment,
  scene: Scene,
): Promise<ReconstructorArtifacts> {
  const extra = {
    ...toJson(state),
    trainedWith: JSON.parse(JSON.stringify(trainedWith(experiment, scene))) as JsonValue,
  };
  return toArtifacts(reconstructor, { optimizer, extra });
}

/**
 * The inverse of {@link takeCheckpoint}; the caller disposes network and optimizer.
 *
 * @throws TrainingError `unusable-checkpoint` if it is damaged or of another kind of object; `wrong-experiment` if it belongs to another
 *   experiment
 */
export async function openCheckpoint(
  artifacts: ReconstructorArtifacts,
  experiment: Experiment,
  scene: Scene,
): Promise<TrainingPosition> {
  const { surface } = scene;
  const { reconstructor, optimizerState, extra } = await fromArtifacts(artifacts).catch(explainUnusable);
  try {
    const state = fromJson(extra);
    if (!state || !optimizerState) throw unusable('the checkpoint holds no training state to resume from');
    refuseOther(extra, trainedWith(experiment, scene));
    if (JSON.stringify(ranges(reconstructor.targets)) !== JSON.stringify(ranges(surface.parameters))) {
      throw unusable(`the checkpoint was trained on other ranges than those of the surface "${surface.name}"`);
    }
    return { reconstructor, optimizer: createOptimizer(experiment).setState(optimizerState), state };
  } catch (error) {
    reconstructor.dispose();
    throw error;
  }
}

/** All that must be the same for the same numbers. */
function trainedWith(experiment: Experiment, { name, surface }: Scene): object {
  return { ...experiment, scene: { name, surface: surface.name } };
}

function ranges(targets: readonly Target[]): unknown {
  return targets.map(({ name, min, max }) => [name, min, max]);
}

function refuseOther(extra: LoadedReconstructor['extra'], now: object): void {
  const before = (extra as { trainedWith?: JsonValue }).trainedWith;
  const other = before && otherSetting(before, now);
  if (!other) return;
  const { field } = other;
  const reason = `${field} is another than the checkpoint was trained with; expected ${other.before}, got ${other.now}`;
  throw new TrainingError('wrong-experiment', { field, reason }, `trainExperiment: ${reason}`);
}

function explainUnusable(error: unknown): never {
  if (!(error instanceof CheckpointError)) throw error;
  throw unusable(withoutCaller(error.message), error);
}

function unusable(reason: string, cause?: unknown): TrainingError {
  return new TrainingError('unusable-checkpoint', { reason }, `trainExperiment: ${reason}`, { cause });
}
