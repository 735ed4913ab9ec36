import { readFile } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { writeAtomically } from '@kanrecon/files/node';
import type { SceneJson } from '@kanrecon/scene';
import * as v from 'valibot';
import { type Experiment, experimentSchema } from '../../experiment/experiment.js';
import { explainIssue } from '../../experiment/explain-issue.js';
import { trainingInitSchema } from '../../init/training-init.js';
import { TrainingError } from '../../training-error.js';
import { backendNames } from '../backends/backend-names.js';
import type { RunFolder } from './run-folder.js';
import { upgradeRunConfig } from './upgrade-run-config.js';

/** What a scene has to be here; its parts are looked into when it is loaded. */
const sceneSchema = v.looseObject({ name: v.string() }) as v.GenericSchema<unknown, SceneJson>;

/** The shape of a run folder's `config.json`, of which {@link RunConfig} is the type. */
const schema = v.object({
  format: v.literal(2),
  /** The model's name in the study's manner. */
  name: v.string(),
  experiment: experimentSchema,
  /** What the training images show: what predictions are rendered with. */
  scene: sceneSchema,
  /** The backend the run began on; another one gives slightly different numbers. */
  backend: v.picklist(backendNames),
  versions: v.record(v.string(), v.string()),
  /** Of a run that began from another network's weights; its checkpoints hold them, so that network is not needed any more. */
  init: v.optional(trainingInitSchema),
});

/** What `config.json` of a run folder holds: everything that going on needs besides the checkpoint. */
export interface RunConfig extends Readonly<v.InferOutput<typeof schema>> {}

/**
 * Reads `config.json`; the data set's folder is made absolute.
 *
 * @param text what is in the file, if it has been read already
 * @throws TrainingError `unusable-run` naming the field when the file was damaged or edited into something else
 */
export async function readRunConfig(folder: RunFolder, text?: string): Promise<RunConfig> {
  const file = folder.config;
  const unusable = (reason: string, cause?: unknown) =>
    new TrainingError('unusable-run', { file, reason }, `readRunConfig: ${file}: ${reason}`, { cause });
  let json: unknown;
  try {
    json = JSON.parse(text ?? (await readFile(file, 'utf8')));
  } catch (cause) {
    throw unusable(`it cannot be read as JSON: ${(cause as Error).message}`, cause);
  }
  const upgraded = upgradeRunConfig(json);
  const result = v.safeParse(schema, upgraded);
  if (!result.success) throw unusable(explainIssue(schema, result.issues[0], 'the document').reason);
  // A default would be another training's; an earlier format, and the part of the network that was given, may leave things out.
  const missing = (json as { format: number }).format === 2 && firstMissing(upgraded, result.output);
  if (missing) throw unusable(`${missing} is missing`);
  return withDataFolder(result.output, (path) => resolve(folder.path, path));
}

/** Writes `config.json`, with the data set's folder relative to the run's where it can be: both may be moved together. */
export function writeRunConfig(folder: RunFolder, config: RunConfig): Promise<void> {
  const stored = withDataFolder(config, (path) => portable(folder.path, path));
  return writeAtomically(folder.config, `${JSON.stringify(stored, null, 2)}\n`);
}

/** The first field that was filled in. */
function firstMissing(given: unknown, filled: unknown, field = ''): string | undefined {
  if (typeof filled !== 'object' || filled === null || field === 'experiment.model') return undefined;
  for (const [key, value] of Object.entries(filled)) {
    const path = field ? `${field}.${key}` : key;
    if (!Object.hasOwn(given as object, key)) return path;
    const deeper = firstMissing((given as Record<string, unknown>)[key], value, path);
    if (deeper) return deeper;
  }
  return undefined;
}

function withDataFolder(config: RunConfig, change: (path: string) => string): RunConfig {
  const { data } = config.experiment;
  if (data.folder === undefined) return config;
  const changed: Experiment['data'] = { ...data, folder: change(data.folder) };
  return { ...config, experiment: { ...config.experiment, data: changed } };
}

function portable(run: string, path: string): string {
  const way = relative(run, resolve(path));
  // On another drive there is no way from here to there.
  return isAbsolute(way) ? way : way.split(sep).join('/') || '.';
}
