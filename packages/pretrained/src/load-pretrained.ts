import { checkOptions, type OptionNames } from '@kanrecon/image';
import { CheckpointError, fetchReconstructor } from '@kanrecon/model';
import { findPackedModel } from './find-packed-model.js';
import { loadedPretrained, type PretrainedModel } from './loaded-pretrained.js';
import type { ModelFiles, PretrainedName } from './packed-models.js';

/** Options of {@link loadPretrained}. */
export interface LoadPretrainedOptions {
  /**
   * Address of the package's folder `models`, wherever it is served from, such as
   * `https://cdn.jsdelivr.net/npm/@kanrecon/pretrained/models`. When left out the files are fetched from where they lie beside the package's
   * code: from where a bundler put them that knows `new URL(…, import.meta.url)`, as Vite, webpack, Rollup's plugins and Parcel do.
   */
  readonly baseUrl?: string | URL;
  /** In place of the global `fetch`: for headers, a cache, a file system of your own. */
  readonly fetch?: (url: string) => Promise<Response>;
}

const optionNames: OptionNames<LoadPretrainedOptions> = { baseUrl: 1, fetch: 1 };

/**
 * Fetches a model that comes with the package, in a browser or a worker, onto the backend in use. In Node.js take the function of the same
 * name from `@kanrecon/pretrained/node`, which reads files.
 *
 * @throws CheckpointError in one sentence with the address if a file cannot be fetched, or is not what was packed; an Error naming the
 * nearest one for a name that is none
 */
export async function loadPretrained(
  name: PretrainedName,
  options: LoadPretrainedOptions = {},
): Promise<PretrainedModel> {
  checkOptions('loadPretrained', options, optionNames);
  const { card, files } = findPackedModel('loadPretrained', name);
  const { baseUrl, fetch: get = (url: string) => fetch(url) } = options;
  if (baseUrl !== undefined) {
    const folder = `${String(baseUrl).replace(/\/+$/, '')}/${name}`;
    return loadedPretrained(card, (await fetchReconstructor(folder, { fetch: get })).reconstructor);
  }
  return loadedPretrained(card, (await fetchFiles(name, files(), get)).reconstructor);
}

/** Each file from its own address: a bundler may have put each elsewhere, under another name. */
async function fetchFiles(name: string, files: ModelFiles, get: (url: string) => Promise<Response>) {
  const folder = 'models:/';
  let refused: string | undefined;
  const refuse = (address: string, why: string) => {
    refused ??= `loadPretrained: ${address} ${why}; give baseUrl, the address that the folder models of @kanrecon/pretrained is served from`;
  };
  const fetchFile = async (url: string) => {
    const { href, protocol } = files[url.slice(`${folder}${name}/`.length) as keyof ModelFiles];
    try {
      const response = await get(href);
      if (!response.ok) refuse(href, `is answered with status ${response.status}`);
      return response;
    } catch (cause) {
      const read = protocol === 'file:' ? ' here; in Node.js import loadPretrained from @kanrecon/pretrained/node' : '';
      refuse(href, `cannot be fetched${read}`);
      throw cause;
    }
  };
  try {
    return await fetchReconstructor(`${folder}${name}`, { fetch: fetchFile });
  } catch (cause) {
    if (!(cause instanceof CheckpointError)) throw cause;
    const { code } = cause;
    const message = refused ?? cause.message.replaceAll(`${folder}${name}`, `the model ${name}`);
    throw new CheckpointError(message.replace(/^fetchReconstructor/, 'loadPretrained'), { code, cause });
  }
}
