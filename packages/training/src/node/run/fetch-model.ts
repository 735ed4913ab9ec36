import { fetchReconstructor, type LoadedReconstructor } from '@kanrecon/model';
import type { SceneJson } from '@kanrecon/scene';

/** A network that was fetched; and what the run says that its images show, where it is a run's. */
export interface FetchedModel {
  readonly loaded: LoadedReconstructor;
  readonly scene?: SceneJson | undefined;
}

/**
 * Fetches a trained network from an address: of a model's folder or, as on disk, of a run's, which has its models in `best` and `last`.
 *
 * @param checkpoint which of a run's two
 * @throws CheckpointError in one sentence with the address
 */
export async function fetchModel(address: string, checkpoint: 'best' | 'last'): Promise<FetchedModel> {
  const folder = address.replace(/\/*$/, '');
  try {
    return { loaded: await fetchReconstructor(address) };
  } catch (error) {
    // Asked only now: most addresses are models'.
    const run = await fetchRunConfig(`${folder}/config.json`);
    if (!run) throw error;
    return { loaded: await fetchReconstructor(`${folder}/${checkpoint}`), scene: run.scene };
  }
}

async function fetchRunConfig(address: string): Promise<{ readonly scene?: SceneJson } | undefined> {
  try {
    const config = await (await fetch(address)).json();
    return Number.isInteger(config.format) ? config : undefined;
  } catch {
    return undefined;
  }
}
