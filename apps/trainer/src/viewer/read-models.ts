import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type JsonValue, toArtifacts } from '@kanrecon/model';
import { pretrainedModels } from '@kanrecon/pretrained/node';
import { sceneToJson } from '@kanrecon/scene';
import { loadModel } from '@kanrecon/training/node';
import { UserError } from '../cli/user-error.js';
import { findNetwork } from '../prediction/find-network.js';
import { uniqueNames } from '../prediction/unique-names.js';
import type { ServedModel } from './model-files.js';
import type { ServedRun } from './run-files.js';

/**
 * Reads the models that the page is to be served with, whole: a training that goes on and saves again does not change what is served.
 *
 * @param words runs' folders, models', or addresses of such
 * @param named whether `--checkpoint` was given
 * @returns the models, and those of them that are runs, whose other files are read when the page asks for them
 * @throws UserError, TrainingError if one of them is none, is damaged, or does not say what its images show
 */
export async function readModels(
  words: readonly string[],
  checkpoint: 'best' | 'last',
  named: boolean,
): Promise<{ models: readonly ServedModel[]; runs: readonly ServedRun[] }> {
  const models: ServedModel[] = [];
  const runs: ServedRun[] = [];
  const shipped = pretrainedModels.map(({ name }) => name);
  const names = uniqueNames([...shipped, ...words.map(nameOf)]).slice(shipped.length);
  for (const [i, word] of words.entries()) {
    if (shipped.some((name) => name === word) && !existsSync(word)) {
      throw new UserError(`${word} comes along and is among the page's models already; leave it out.`);
    }
    const place = await findNetwork(word, checkpoint, named);
    const { reconstructor, scene } = await loadModel(place, checkpoint);
    // Checkpoints of before cards do not carry their scene: the run says it.
    const card = {
      ...reconstructor.card,
      scene: reconstructor.card.scene ?? (sceneToJson(scene) as unknown as JsonValue),
    };
    const { manifest, model, weights } = await toArtifacts(reconstructor, { card });
    reconstructor.dispose();
    const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
    if (place.kind === 'run') runs.push({ name: names[i]!, folder: place.folder });
    models.push({
      name: names[i]!,
      from: word,
      files: { 'config.json': json(manifest), 'model.json': json(model), 'weights.bin': weights },
    });
  }
  return { models, runs };
}

/** The last part of a path or an address, of a run's checkpoint the run's, as it can stand in an address. */
function nameOf(word: string): string {
  const parts = /^https?:\/\//i.test(word) ? partsOf(word) : resolve(word).split(/[\\/]/);
  const named = parts.filter((part) => part !== '');
  const last = named.at(-1) ?? '';
  const own = ['best', 'last'].includes(last) ? (named.at(-2) ?? last) : last;
  return own.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replaceAll(/^[.-]+|[.-]+$/g, '') || 'model';
}

/** The parts of an address's path, as they were before they were written into it. */
function partsOf(address: string): string[] {
  try {
    return new URL(address).pathname.split('/').map(decodeURIComponent);
  } catch (cause) {
    throw new UserError(`${address}: this is no address; expected http://<host>/<folder of a run or a model>.`, {
      cause,
    });
  }
}
