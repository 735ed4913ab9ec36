import { fetchReconstructor } from '@kanrecon/model';
import { modelScene } from '@kanrecon/reconstruction';
import type { LoadedNetwork } from './loaded-network.js';
import { pageAddress } from './page-address.js';
import { sentenceOf, withoutFunction } from './sentence-of.js';

/** Models that lie beside the page: those that could be loaded, and of each other why not. */
export interface OwnModels {
  readonly networks: readonly LoadedNetwork[];
  /** Sentences. */
  readonly failures: readonly string[];
}

/**
 * Loads the models that the page's folder holds besides its own: `models/list.json` names them, each is a model's folder. `kanrecon viewer
 * <run>` serves runs there.
 */
export async function loadOwnModels(): Promise<OwnModels> {
  let names: readonly string[];
  try {
    names = await listedNames();
  } catch (error) {
    return { networks: [], failures: [`The list of your own models cannot be read: ${wordsOf(error)}.`] };
  }
  const [networks, failures]: [LoadedNetwork[], string[]] = [[], []];
  for (const name of names) {
    try {
      networks.push(await loadOwnModel(name));
    } catch (error) {
      failures.push(`Your model “${name}” could not be loaded: ${wordsOf(error)}.`);
    }
  }
  return { networks, failures };
}

async function listedNames(): Promise<readonly string[]> {
  const response = await fetch(`${pageAddress}models/list.json`);
  // A page that was copied without it has no other models.
  if (!response.ok) return [];
  const { models } = (await response.json()) as { models?: unknown };
  if (Array.isArray(models) && models.every((name) => typeof name === 'string' && name !== '')) return models;
  throw new Error('expected {"models": […]} with the names of folders');
}

async function loadOwnModel(name: string): Promise<LoadedNetwork> {
  const { reconstructor } = await fetchReconstructor(`${pageAddress}models/${encodeURIComponent(name)}`);
  try {
    return { name, reconstructor, scene: await modelScene(reconstructor), limits: [] };
  } catch (error) {
    reconstructor.dispose();
    throw error;
  }
}

function wordsOf(error: unknown): string {
  return withoutFunction(error instanceof Error ? error.message : sentenceOf(error));
}
