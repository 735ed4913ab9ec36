import { loadPretrained, type PretrainedModel, type PretrainedName, pretrainedModels } from '@kanrecon/pretrained';
import { ViewerError } from '../image/viewer-error.js';
import type { ModelName } from '../state/model-name.js';
import type { LoadedNetwork } from './loaded-network.js';
import { ownNetworks, takeKept } from './own-networks.js';
import { startTensorflow } from './start-tensorflow.js';

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
  return Promise.all(
    pretrainedModels.map(async ({ name }) => {
      const { card, ...model } = await loadOne(name);
      return { name, limits: card.limits, ...model };
    }),
  );
}

function loadOne(name: PretrainedName): Promise<PretrainedModel> {
  return loadPretrained(name).catch((cause: unknown) => {
    throw new ViewerError(
      `The trained model “${name}” could not be loaded whole; check the connection and reload the page. If it happens again, files are missing where the page is served from.`,
      { cause },
    );
  });
}

/** The shipped models, and this browser's own as far as they are loaded. */
export async function allNetworks(): Promise<readonly LoadedNetwork[]> {
  return [...(await loadNetworks()), ...ownNetworks()];
}

/** @throws ViewerError if there is no model of that name */
export async function loadNetwork(name: ModelName): Promise<LoadedNetwork> {
  return (await allNetworks()).find((network) => network.name === name) ?? takeKept(name);
}
