import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withoutCaller } from '@kanrecon/image';
import { CheckpointError, type LoadedReconstructor, type Reconstructor } from '@kanrecon/model';
import { loadReconstructor } from '@kanrecon/model/node';
import { loadScene, type Scene, type SceneJson, sceneWithRanges } from '@kanrecon/scene';
import { TrainingError } from '../../training-error.js';
import { CheckpointFileError, isCheckpointFile, readCheckpointFile } from './checkpoint-file.js';
import { fetchModel } from './fetch-model.js';
import { readRunConfig } from './run-config.js';
import { openRunFolder, type RunFolder } from './run-folder.js';

/** A trained network and what it was trained on. */
export interface LoadedModel extends LoadedReconstructor {
  /** What the images show, with the ranges that the network learned. */
  readonly scene: Scene;
}

/**
 * Loads a trained network: from a run's folder, from a model's folder by itself (a run's `best` or `last`, wherever it was copied to) or a
 * zip archive of one, from a checkpoint of the study's Python code (`.pt`, `.pth`, `.safetensors`), or from a folder that is served over http.
 *
 * @param place a folder, a file or the address of a folder; or what {@link findModel} has found there, which is not looked for again
 * @param checkpoint which of a run's two; a model's folder is one
 * @throws TrainingError `no-run`, `no-checkpoint`, `unusable-checkpoint`, `unusable-run`
 */
export async function loadModel(
  place: string | ModelPlace,
  checkpoint: 'best' | 'last' = 'best',
): Promise<LoadedModel> {
  const found = typeof place === 'string' ? await findModel(place, checkpoint) : place;
  const { loaded, scene } = await load(found, checkpoint).catch(explain);
  const onCard = loaded.reconstructor.card.scene as unknown as SceneJson | undefined;
  const json = onCard ?? scene;
  try {
    if (!json) throw new Error('it does not say what the images show that it was trained on');
    if (typeof json.name !== 'string') throw new Error('its name is missing');
    return { ...loaded, scene: sceneWithRanges(await loadScene(json), loaded.reconstructor.targets) };
  } catch (cause) {
    loaded.reconstructor.dispose();
    const wrong = withoutCaller((cause as Error).message).replace(/got undefined$/, 'got nothing');
    const reason = json
      ? `${found.at}: the scene ${onCard ? 'on the card ' : ''}in config.json is wrong: ${wrong}`
      : `${found.at}: ${wrong}`;
    throw new TrainingError('unusable-checkpoint', { reason }, `loadModel: ${reason}`, { cause });
  }
}

/**
 * Loads a trained network alone, whatever its images show: to begin a training from it, or to export it.
 *
 * @param place as for {@link loadModel}
 * @throws TrainingError `no-run`, `no-checkpoint`, `unusable-checkpoint`, `unusable-run`
 */
export async function loadNetwork(
  place: string | ModelPlace,
  checkpoint: 'best' | 'last' = 'best',
): Promise<Reconstructor> {
  const found = typeof place === 'string' ? await findModel(place, checkpoint) : place;
  const { loaded } = await load(found, checkpoint).catch(explain);
  return loaded.reconstructor;
}

/** Where a trained network lies: `at` is the folder, the file or the address that was given. */
export type ModelPlace =
  | { readonly kind: 'address'; readonly at: string }
  | { readonly kind: 'model'; readonly at: string }
  | {
      readonly kind: 'run';
      readonly at: string;
      readonly folder: RunFolder;
      /** What is in its `config.json`, which has been looked at to tell a run from a model. */
      readonly config?: string | undefined;
    };

/**
 * Where a trained network lies, found without loading it.
 *
 * @param place as for {@link loadModel}
 * @throws TrainingError `no-run`, `no-checkpoint` if there is none
 */
export async function findModel(place: string, checkpoint: 'best' | 'last' = 'best'): Promise<ModelPlace> {
  if (/^https?:\/\//.test(place)) return { kind: 'address', at: place };
  // A zip archive of one, or weights of another program.
  const isZip = /\.zip$/i.test(place) && statSync(place, { throwIfNoEntry: false })?.isFile();
  if (isZip || isCheckpointFile(place)) return { kind: 'model', at: place };
  // A model's folder is a checkpoint by itself, whole or damaged; a run's has its networks one floor below.
  if (existsSync(join(place, 'model.json'))) return { kind: 'model', at: place };
  const config = await readFile(join(place, 'config.json'), 'utf8').catch(() => undefined);
  if (config !== undefined && isOfModel(config)) return { kind: 'model', at: place };
  return { kind: 'run', at: place, folder: await openRunFolder(place, checkpoint), config };
}

/** @returns `scene`: what the run says, for checkpoints of before cards */
async function load(found: ModelPlace, checkpoint: 'best' | 'last') {
  if (found.kind === 'address') return fetchModel(found.at, checkpoint);
  if (found.kind === 'model' && isCheckpointFile(found.at)) {
    const { reconstructor } = await readCheckpointFile(found.at);
    return { loaded: { reconstructor } };
  }
  if (found.kind === 'model') return { loaded: await loadReconstructor(found.at) };
  const { scene } = await readRunConfig(found.folder, found.config);
  return { loaded: await loadReconstructor(found.folder[checkpoint]), scene };
}

function isOfModel(config: string): boolean {
  try {
    return JSON.parse(config).format === 'kanrecon-reconstructor';
  } catch {
    return false;
  }
}

function explain(error: unknown): never {
  if (!(error instanceof CheckpointError || error instanceof CheckpointFileError)) throw error;
  const reason = withoutCaller(error.message);
  throw new TrainingError('unusable-checkpoint', { reason }, `loadModel: ${reason}`, { cause: error });
}
