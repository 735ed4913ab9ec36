import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { HeadSpec } from '../heads/head-spec.js';
import { configuredNetwork } from '../network/configured-network.js';
import type { ReconstructorConfig } from '../network/reconstructor-config.js';
import { CheckpointError } from './checkpoint-error.js';
import { keepGridAndMask } from './keep-grid-and-mask.js';
import type { NetworkGraph } from './network-graph.js';
import { withoutStart } from './without-start.js';

/** What config.json says of a network. */
export interface NetworkParts {
  readonly config: ReconstructorConfig;
  readonly spec: HeadSpec;
  /** Numbers that it puts out for an image. */
  readonly outputs: number;
}

/**
 * The network of a configuration, whose weights are zeros: to be filled, or compared.
 *
 * @param stored what has the grids and masks that it is to have
 * @param most weights that there are
 * @throws CheckpointError if it needs more
 */
export function emptyNetwork({ config, spec, outputs }: NetworkParts, stored: NetworkGraph, most: number): LayersModel {
  let left = most;
  const build = () => configuredNetwork(config, spec, outputs, (layer) => keepGridAndMask(layer, stored));
  return withoutStart(build, (layer, numbers) => {
    left -= numbers;
    if (left >= 0) return;
    throw new CheckpointError(
      `emptyNetwork: weights.bin holds ${most} weights, and the network of config.json (${describeNetwork(config)}) needs more up to the layer "${layer}"; use both files of one save`,
    );
  });
}

/** What a configuration says of its network, for an error's sentence. */
export function describeNetwork({ backbone, head }: ReconstructorConfig): string {
  const widths = head.widths.length > 4 ? [...head.widths.slice(0, 3), '…'] : head.widths;
  const layers = widths.length > 0 ? ` with layers of ${widths.join(', ')}` : '';
  return `backbone ${backbone}, head ${head.type}${layers}`;
}
