import { fetchReconstructor } from '@kanrecon/model';
import { pretrainedModels } from '@kanrecon/pretrained';
import { modelScene } from '@kanrecon/reconstruction';
import { freeName } from '../state/free-name.js';
import type { ModelName } from '../state/model-name.js';
import { listKept } from '../storage/kept-models.js';
import type { LoadedNetwork } from './loaded-network.js';
import { pageAddress } from './page-address.js';
import { sentenceOf, withoutFunction } from './sentence-of.js';

/** Models that lie beside the page: those that could be loaded, and of each other why not. */
export interface ServedModels {
  readonly networks: readonly LoadedNetwork[];
  /** Sentences. */
  readonly failures: readonly string[];
}

/**
 * Loads the models that the page's folder holds besides its own: `models/list.json` names them, each is a model's folder. `kanrecon viewer
 * <run>` serves runs there. One that has the name of another model, such as one that the browser keeps, gets a number.
 */
export async function loadServedModels(): Promise<ServedModels> {
  let folders: readonly string[];
  try {
    folders = await listedFolders();
  } catch (error) {
    return { networks: [], failures: [`The list of your own models cannot be read: ${wordsOf(error)}.`] };
  }
  const [networks, failures]: [LoadedNetwork[], string[]] = [[], []];
  // Without storage nothing is kept.
  const kept = await listKept().catch(() => []);
  const taken = new Set<string>([...pretrainedModels, ...kept].map(({ name }) => name));
  for (const folder of folders) {
    try {
      const name = freeName(folder, taken);
      networks.push(await loadServedModel(folder, name));
      taken.add(name);
    } catch (error) {
      failures.push(`Your model “${folder}” could not be loaded: ${wordsOf(error)}.`);
    }
  }
  return { networks, failures };
}

async function listedFolders(): Promise<readonly string[]> {
  const response = await fetch(`${pageAddress}models/list.json`);
  // A page that was copied without it has no other models.
  if (!response.ok) return [];
  const { models } = (await response.json()) as { models?: unknown };
  if (Array.isArray(models) && models.every((name) => typeof name === 'string' && name !== '')) return models;
  throw new Error('expected {"models": […]} with the names of folders');
}

async function loadServedModel(folder: string, name: ModelName): Promise<LoadedNetwork> {
  const { reconstructor } = await fetchReconstructor(`${pageAddress}models/${encodeURIComponent(folder)}`);
  try {
    return { name, reconstructor, scene: await modelScene(reconstructor), limits: [], served: folder };
  } catch (error) {
    reconstructor.dispose();
    throw error;
  }
}

function wordsOf(error: unknown): string {
  return withoutFunction(error instanceof Error ? error.message : sentenceOf(error));
}
