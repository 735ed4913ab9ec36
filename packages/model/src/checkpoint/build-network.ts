import { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ReconstructorConfig } from '../network/reconstructor-config.js';
import { CheckpointError } from './checkpoint-error.js';
import { describeNetwork, emptyNetwork, type NetworkParts } from './empty-network.js';
import { graphOf } from './graph-of.js';
import { matchNetworks } from './match-networks.js';
import { type NetworkGraph, networkGraph } from './network-graph.js';
import type { ModelJson } from './reconstructor-artifacts.js';
import { type StoredWeights, storedWeights } from './stored-weights.js';

/**
 * Makes a stored network with its weights, on the backend in use. It is built from its configuration, as an untrained one is; model.json,
 * which says the same once more for other readers, is held against that, and nothing of it is built.
 *
 * Building what model.json says and then, to compare, what config.json says took 3 to 8 % longer; this takes no longer than the former
 * alone, and what a file may claim of shapes and sizes needs no limits but the number of weights that really come with it.
 *
 * @param weights as `weightsManifest` says
 * @throws CheckpointError in one sentence; nothing is left in memory then
 */
export function buildNetwork(parts: NetworkParts, model: ModelJson, weights: Uint8Array): LayersModel {
  const stored = networkGraph(model.modelTopology);
  const filling = storedWeights(model, weights);
  const network = emptyNetwork(parts, stored, filling.values.length);
  try {
    const names = match(stored, network, parts.config);
    setWeights(network, filling, names);
    const frozen = new Set(stored.layers.filter(({ config }) => config['trainable'] === false).map(({ name }) => name));
    for (const layer of network.layers) if (frozen.has(names.get(layer.name)!)) layer.trainable = false;
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}

function match(stored: NetworkGraph, network: LayersModel, config: ReconstructorConfig): Map<string, string> {
  try {
    return matchNetworks(stored, graphOf(network));
  } catch (cause) {
    throw wrong(
      `the network in model.json is not that of config.json (${describeNetwork(config)}): ${(cause as Error).message}; use both files of one save`,
      cause,
    );
  }
}

/** @param names of layers in model.json by their names in the network */
function setWeights(
  network: LayersModel,
  { entries, values }: StoredWeights,
  names: ReadonlyMap<string, string>,
): void {
  const stored = new Map(entries.map((entry) => [entry.name, entry]));
  const ownNames = new Map<string, string>();
  for (const { originalName, shape } of network.weights) {
    const name = originalName.replace(/^[^/]+/, (layer) => names.get(layer) ?? layer);
    const found = stored.get(name);
    if (!found) throw wrong(`the network's weight "${name}" is not in weightsManifest of model.json${remedy}`);
    if (`${found.shape}` !== `${shape}`) {
      throw wrong(
        `the network's weight "${name}" has the shape [${shape}], but weightsManifest of model.json says [${found.shape}]${remedy}`,
      );
    }
    stored.delete(name);
    ownNames.set(name, originalName);
  }
  const [unused] = stored.keys();
  if (unused !== undefined) {
    throw wrong(`weightsManifest of model.json has "${unused}", which is no weight of the network${remedy}`);
  }
  const own = entries.map((entry) => ({ ...entry, name: ownNames.get(entry.name)! }));
  // It copies each weight. Without that the cpu backend would go on using, and training would change, the caller's bytes.
  const tensors = io.decodeWeights(values.buffer, own);
  try {
    network.loadWeights(tensors);
  } finally {
    for (const tensor of Object.values(tensors)) tensor.dispose();
  }
}

const remedy = '; use both files of one save';

function wrong(reason: string, cause?: unknown): CheckpointError {
  return new CheckpointError(`buildNetwork: ${reason}`, { cause });
}
