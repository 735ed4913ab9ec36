import { headOfConfig } from '../heads/head-of-config.js';
import { isConfiguredNetwork } from '../network/configured-network.js';
import type { Reconstructor } from '../network/reconstructor.js';
import { describeNetwork, emptyNetwork } from './empty-network.js';
import { graphOf } from './graph-of.js';
import { matchNetworks } from './match-networks.js';

/**
 * Looks whether a network that somebody made for a reconstructor is one that its configuration makes, too, since it is loaded from there.
 *
 * @throws if it is not
 */
export function checkLoadable({ config, targets, model }: Reconstructor): void {
  if (isConfiguredNetwork(model, config)) return;
  const spec = headOfConfig(config.head);
  const graph = graphOf(model);
  const network = emptyNetwork({ config, spec, outputs: spec.outputs(targets.length) }, graph, Number.MAX_SAFE_INTEGER);
  try {
    matchNetworks(graph, graphOf(network));
  } catch (cause) {
    throw new Error(
      `toArtifacts: the network could not be loaded again, as it is not that of its configuration (${describeNetwork(config)}): ${(cause as Error).message}; save it by model.save() of TensorFlow.js`,
      { cause },
    );
  } finally {
    network.dispose();
  }
}
