import { checkOptions } from '@kanrecon/image';
import { CheckpointError } from './checkpoint-error.js';
import { fromArtifacts, type LoadedReconstructor } from './from-artifacts.js';
import type { ModelJson, ReconstructorManifest } from './reconstructor-artifacts.js';

/** Options of {@link fetchReconstructor}. */
export interface FetchReconstructorOptions {
  /** In place of the global `fetch`: for headers, a cache, a file system of your own. */
  readonly fetch?: (url: string) => Promise<Response>;
}

/**
 * Loads a model's folder that is served over http, in a browser or anywhere else with `fetch`: `config.json`, `model.json` and
 * `weights.bin`; an optimizer's state is left where it is.
 *
 * @param url of the folder, with or without a slash at its end
 * @throws CheckpointError in one sentence with the address if a file is missing or damaged
 */
export async function fetchReconstructor(
  url: string,
  options: FetchReconstructorOptions = {},
): Promise<LoadedReconstructor> {
  checkOptions('fetchReconstructor', options, { fetch: 1 });
  const get = options.fetch ?? ((address: string) => fetch(address));
  const folder = url.endsWith('/') ? url : `${url}/`;
  const read = async <T>(name: string, as: (response: Response) => Promise<T>): Promise<T> => {
    const address = folder + name;
    let response: Response;
    try {
      response = await get(address);
    } catch (cause) {
      throw new CheckpointError(`fetchReconstructor: ${address} cannot be reached`, { cause });
    }
    if (!response.ok)
      throw new CheckpointError(`fetchReconstructor: ${address} is answered with status ${response.status}`);
    try {
      return await as(response);
    } catch (cause) {
      throw new CheckpointError(`fetchReconstructor: ${address} is damaged or truncated`, { cause });
    }
  };
  const json = <T>(response: Response) => response.json() as Promise<T>;
  const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());
  const [whole, model, weights] = await Promise.all([
    read<ReconstructorManifest>('config.json', json),
    read<ModelJson>('model.json', json),
    read('weights.bin', bytes),
  ]);
  try {
    // The checksum is over all of it, the optimizer's header too; only its data are not fetched.
    return await fromArtifacts({ manifest: whole, model, weights }, { optimizer: false });
  } catch (cause) {
    throw new CheckpointError(
      `fetchReconstructor: ${url} cannot be used: ${(cause as Error).message.replace(/^\w+: /, '')}`,
      { cause },
    );
  }
}
