import { loadPretrained, type PretrainedModel, type PretrainedName, pretrainedModels } from '@kanrecon/pretrained';
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
  return Promise.all(pretrainedModels.map(async ({ name }) => ({ name, ...(await loadPretrained(name)) })));
}

/** @throws if there is no model of that name */
export async function loadNetwork(name: PretrainedName): Promise<LoadedNetwork> {
  const found = (await loadNetworks()).find((network) => network.name === name);
  if (!found) throw new Error(`loadNetwork: there is no model ${name}`);
  return found;
}
