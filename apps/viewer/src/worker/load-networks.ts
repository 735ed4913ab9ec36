import { loadPretrained, type PretrainedModel, type PretrainedName, pretrainedModels } from '@kanrecon/pretrained';
import { ViewerError } from '../image/viewer-error.js';
import { startTensorflow } from './start-tensorflow.js';

/** A shipped model that is loaded. */
export interface LoadedNetwork extends PretrainedModel {
  readonly name: PretrainedName;
}

let loading: Promise<readonly LoadedNetwork[]> | undefined;

/** The shipped models, loaded once; where that failed, the next call tries again. */
export function loadNetworks(): Promise<readonly LoadedNetwork[]> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<readonly LoadedNetwork[]> {
  await startTensorflow();
  return Promise.all(pretrainedModels.map(async ({ name }) => ({ name, ...(await loadOne(name)) })));
}

function loadOne(name: PretrainedName): Promise<PretrainedModel> {
  return loadPretrained(name).catch((cause: unknown) => {
    throw new ViewerError(
      `The trained model “${name}” could not be loaded whole; check the connection and reload the page. If it happens again, files are missing where the page is served from.`,
      { cause },
    );
  });
}

/** @throws if there is no model of that name */
export async function loadNetwork(name: PretrainedName): Promise<LoadedNetwork> {
  const found = (await loadNetworks()).find((network) => network.name === name);
  if (!found) throw new Error(`loadNetwork: there is no model ${name}`);
  return found;
}
