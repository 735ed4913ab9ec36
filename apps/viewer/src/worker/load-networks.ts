import { loadPretrained, type PretrainedModel, type PretrainedName, pretrainedModels } from '@kanrecon/pretrained';
import { ViewerError } from '../image/viewer-error.js';
import type { ModelName } from '../state/model-name.js';
import { loadServedModels } from './load-served-models.js';
import type { LoadedNetwork } from './loaded-network.js';
import { ownNetworks, takeKept } from './own-networks.js';
import { startTensorflow } from './start-tensorflow.js';

/** All models that come with the page or lie beside it, and why others that lie there are none of them. */
interface Networks {
  readonly networks: readonly LoadedNetwork[];
  readonly failures: readonly string[];
}

let loading: Promise<Networks> | undefined;

/** The shipped models and those beside the page, loaded once; where one of the former failed, the next call tries again. */
export async function loadNetworks(): Promise<readonly LoadedNetwork[]> {
  return (await loadAll()).networks;
}

/** Why models that lie beside the page could not be loaded, in sentences. */
export async function missingNetworks(): Promise<readonly string[]> {
  return (await loadAll()).failures;
}

function loadAll(): Promise<Networks> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<Networks> {
  await startTensorflow();
  const beside = loadServedModels();
  const shipped = await Promise.all(
    pretrainedModels.map(async ({ name }) => {
      const { card, ...model } = await loadOne(name);
      return { name, limits: card.limits, ...model };
    }),
  );
  const { networks, failures } = await beside;
  return { networks: [...shipped, ...networks], failures };
}

function loadOne(name: PretrainedName): Promise<PretrainedModel> {
  return loadPretrained(name).catch((cause: unknown) => {
    throw new ViewerError(
      `The trained model “${name}” could not be loaded whole; check the connection and reload the page. If it happens again, files are missing where the page is served from.`,
      { cause },
    );
  });
}

/** The shipped models, those beside the page, and this browser's own as far as they are loaded. */
export async function allNetworks(): Promise<readonly LoadedNetwork[]> {
  return [...(await loadNetworks()), ...ownNetworks()];
}

/** @throws ViewerError if there is no model of that name */
export async function loadNetwork(name: ModelName): Promise<LoadedNetwork> {
  return (await allNetworks()).find((network) => network.name === name) ?? takeKept(name);
}
