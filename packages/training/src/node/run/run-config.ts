import { readFile } from 'node:fs/promises';
import type { ReconstructorConfig } from '@kanrecon/model';
import type { PresetJson } from '@kanrecon/scene';
import { UserError } from 'kanrecon';
import * as v from 'valibot';
import { parseAugmentations } from '../../augmentation/augmentations.js';
import { scheduleNames } from '../../loop/schedule-names.js';
import { backendNames } from '../backends/backend-names.js';
import type { RunFolder } from './run-folder.js';
import { writeFileAtomically } from './write-file-atomically.js';

/** How a run draws its training images. */
export interface StreamSettings {
  /** Images an epoch; whole batches are drawn. */
  epochImages: number;
  /** Threads that draw. The numbers do not depend on it. */
  workers: number;
}

/** How a run is trained. */
export interface TrainingSettings {
  /** Folder of the data set: of validation only, if training images are streamed. */
  dataset: string;
  /** Training images are drawn while training, as those of the data set were. */
  stream?: StreamSettings;
  epochs: number;
  batchSize: number;
  learningRate: number;
  weightDecay: number;
  schedule: (typeof scheduleNames)[number];
  /** What is done to training images: names of `augmentations.ts`, separated by commas. */
  augment: string;
  /** Seed of weights, order, augmentation and dropout. */
  seed: number;
  /** Threads that share each batch. The numbers depend on it: through rounding, BatchNorm and dropout. */
  workers: number;
}

/** What `config.json` of a run folder holds: everything `--resume` needs besides the checkpoint. */
export interface RunConfig {
  format: 1;
  /** The model's name in the study's manner. */
  name: string;
  model: ReconstructorConfig;
  /** How the training images look: what predictions are rendered with. */
  look: PresetJson;
  training: TrainingSettings;
  /** The backend the run began on; another one gives slightly different numbers. */
  backend: (typeof backendNames)[number];
  versions: Record<string, string>;
}

const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const schema = v.object({
  format: v.literal(1),
  name: v.string(),
  model: v.looseObject({}),
  // Runs from before there were other looks.
  look: v.optional(v.looseObject({ preset: v.string() }), { preset: 'study' }),
  training: v.object({
    dataset: v.string(),
    stream: v.optional(v.object({ epochImages: positive, workers: positive })),
    epochs: positive,
    batchSize: positive,
    learningRate: v.number(),
    weightDecay: v.number(),
    schedule: v.picklist(scheduleNames),
    augment: v.pipe(
      v.string(),
      v.check((text) => parseAugmentations(text) !== undefined, 'it names no augmentation that is known'),
    ),
    seed: v.number(),
    // Runs from before there were workers.
    workers: v.optional(positive, 1),
  }),
  backend: v.picklist(backendNames),
  versions: v.record(v.string(), v.string()),
});

/** @throws UserError naming the field when the file was damaged or edited into something else */
export async function readRunConfig(folder: RunFolder): Promise<RunConfig> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(folder.config, 'utf8'));
  } catch (cause) {
    throw new UserError(`${folder.config} cannot be read as JSON: ${(cause as Error).message}.`, { cause });
  }
  const result = v.safeParse(schema, json);
  if (result.success) return result.output as unknown as RunConfig;
  const issue = result.issues[0];
  throw new UserError(`${folder.config}: ${v.getDotPath(issue) ?? 'the document'} is wrong; ${issue.message}.`);
}

/** Writes `config.json`. */
export function writeRunConfig(folder: RunFolder, config: RunConfig): Promise<void> {
  return writeFileAtomically(folder.config, `${JSON.stringify(config, null, 2)}\n`);
}
