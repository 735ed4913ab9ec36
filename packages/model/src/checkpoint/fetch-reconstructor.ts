import { checkOptions } from '@kanrecon/image';
import { CheckpointError, putSoundCopy, unusablePlace } from './checkpoint-error.js';
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
 * @throws CheckpointError in one sentence with the address if a file is missing or damaged, or the folder is a training's, with its models
 *   one floor below
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
      throw new CheckpointError(`fetchReconstructor: ${address} cannot be reached; check the address`, {
        code: 'missing',
        cause,
      });
    }
    if (!response.ok) {
      throw new CheckpointError(
        `fetchReconstructor: ${address} is answered with status ${response.status}; expected the address of a model's folder, which has config.json, model.json and weights.bin`,
        { code: 'missing' },
      );
    }
    try {
      return await as(response);
    } catch (cause) {
      throw new CheckpointError(`fetchReconstructor: ${address} is damaged or truncated${putSoundCopy}`, { cause });
    }
  };
  const json = <T>(response: Response) => response.json() as Promise<T>;
  const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());
  const others = Promise.all([read<ModelJson>('model.json', json), read('weights.bin', bytes)]);
  // What is wrong with these two matters only where the first is a model's.
  others.catch(() => {});
  const whole = await read<ReconstructorManifest>('config.json', json);
  if (isOfRun(whole)) {
    throw new CheckpointError(
      `fetchReconstructor: ${url} is a training's run, not a model; expected the address of one of its models, ${folder}best or ${folder}last`,
      { code: 'not-a-model' },
    );
  }
  const [model, weights] = await others;
  try {
    // The checksum is over all of it, the optimizer's header too; only its data are not fetched.
    return await fromArtifacts({ manifest: whole, model, weights }, { optimizer: false });
  } catch (cause) {
    throw unusablePlace('fetchReconstructor', url, cause as CheckpointError);
  }
}

/** Whether a config.json is the one of a training's folder, which has its networks one floor below. */
function isOfRun(config: unknown): boolean {
  return Number.isInteger((config as { readonly format?: unknown } | null)?.format);
}
