import type { ReconstructorArtifacts } from '@kanrecon/model';
import type { Experiment } from '../experiment/experiment.js';

/** What a card tells of the training, as far as it matters here. */
interface ToldTraining {
  readonly experiment?: { readonly model?: Pick<Experiment['model'], 'mean' | 'std'> };
  readonly init?: { readonly sha256?: unknown };
}

/**
 * The experiment of a training that goes on: where it began with a backbone that was trained elsewhere, those weights said how images are
 * normalised, and an experiment that leaves that open means the same.
 */
export function resumedExperiment(experiment: Experiment, { manifest }: ReconstructorArtifacts): Experiment {
  const { experiment: before, init } = (manifest?.card ?? {}) as ToldTraining;
  if (init?.sha256 === undefined) return experiment;
  const { model } = experiment;
  const { mean = before?.model?.mean, std = before?.model?.std } = model;
  return { ...experiment, model: { ...model, ...(mean !== undefined && { mean }), ...(std !== undefined && { std }) } };
}
