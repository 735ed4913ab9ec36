import { loadPretrained, type PretrainedModel, type PretrainedName, pretrainedModels } from '@kanrecon/pretrained';
import { ViewerError } from '../image/viewer-error.js';
import { loadOwnModels } from './load-own-models.js';
import type { LoadedNetwork } from './loaded-network.js';
import type { ModelName } from './protocol.js';
import { startTensorflow } from './start-tensorflow.js';

/** All models, and why others that lie beside the page are none of them. */
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
  const own = loadOwnModels();
  const shipped = await Promise.all(
    pretrainedModels.map(async ({ name }) => {
      const { reconstructor, scene, card } = await loadOne(name);
      return { name, reconstructor, scene, limits: card.limits };
    }),
  );
  const { networks, failures } = await own;
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

/** @throws if there is no model of that name */
export async function loadNetwork(name: ModelName): Promise<LoadedNetwork> {
  const found = (await loadNetworks()).find((network) => network.name === name);
  if (!found) throw new Error(`loadNetwork: there is no model ${name}`);
  return found;
}
