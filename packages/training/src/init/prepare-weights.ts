import {
  backboneByName,
  loadWeights,
  type Normalization,
  readWeights,
  studyNormalization,
  WeightFileError,
  WeightMismatchError,
} from '@kanrecon/backbones';
import { withoutCaller } from '@kanrecon/image';
import { reconstructorDefaults } from '@kanrecon/model';
import type { Experiment } from '../experiment/experiment.js';
import { TrainingError } from '../training-error.js';
import type { BackboneWeights } from './backbone-weights.js';

/** The least side that an experiment's images can have: enough to try weights with. */
const smallImage = 32;

/** Names of each kind that are told. */
const few = 3;

/**
 * Tries weights with an experiment's backbone, before anything takes time, and has its images normalised as those weights need it: by their
 * own mean and deviation where these are known; by the study's where they are of one of its checkpoints; otherwise by those that all published
 * weights of this backbone were trained under. An experiment that says them itself keeps them.
 *
 * @returns the experiment
 * @throws TrainingError `unusable-weights` if the file cannot be read or is of another network
 */
export function prepareWeights(experiment: Experiment, { name, path, bytes, weights }: BackboneWeights): Experiment {
  const { model } = experiment;
  const { backbone = reconstructorDefaults.backbone } = model;
  const { create, normalization } = backboneByName(backbone);
  const trial = create({ imageSize: smallImage });
  let own: Normalization = weights ?? normalization;
  try {
    const { prefix, passedOver } = loadWeights(trial, readWeights(bytes));
    if (!weights && prefix === 'backbone.' && passedOver.some((one) => one.startsWith('fc1.')))
      own = studyNormalization;
  } catch (error) {
    throw unusable(path ?? name, backbone, error);
  } finally {
    trial.dispose();
  }
  const { mean = [...own.mean], std = [...own.std] } = model;
  return { ...experiment, model: { ...model, mean, std } };
}

function unusable(file: string, backbone: string, error: unknown): unknown {
  const reason = explain(backbone, error);
  if (reason === undefined) return error;
  const message = `prepareWeights: ${file}: ${reason}`;
  return new TrainingError('unusable-weights', { file, backbone, reason }, message, { cause: error });
}

function explain(backbone: string, error: unknown): string | undefined {
  if (error instanceof WeightFileError) return withoutCaller(error.message);
  if (error instanceof WeightMismatchError) {
    const { missing, misshapen, unexpected, unusable: spoiled } = error;
    const parts = [
      [missing, 'missing'],
      [misshapen.map(({ name }) => name), 'of another shape'],
      [spoiled.map(({ name }) => name), 'no finite numbers'],
      [unexpected, 'without a place in it'],
    ] as const;
    const said = parts.filter(([names]) => names.length > 0).map(([names, what]) => `${what}: ${listOf(names)}`);
    return `its weights are not those of ${backbone} (${said.join('; ')})`;
  }
  if (!(error instanceof RangeError)) return undefined;
  if (/batch norms/.test(error.message)) {
    return "it is timm's MobileNet, whose batch norms have another epsilon than torchvision's, which networks here have; expected torchvision's weights";
  }
  return withoutCaller(error.message);
}

function listOf(names: readonly string[]): string {
  return `${names.slice(0, few).join(', ')}${names.length > few ? ` and ${names.length - few} more` : ''}`;
}
