import { headOfConfig } from '../heads/head-of-config.js';
import { parseTargets, type Target } from '../targets/target.js';
import { configuredNetwork } from './configured-network.js';
import type { ModelCard } from './model-card.js';
import { Reconstructor } from './reconstructor.js';
import { type PartialReconstructorConfig, parseReconstructorConfig } from './reconstructor-config.js';

/** A configuration with fields left out, what is to be predicted, and what else is known of the network. */
export type CreateReconstructorOptions = PartialReconstructorConfig & {
  /** The numbers that the network predicts: a surface's `parameters`, or a list of your own. */
  readonly targets: readonly Target[];
  /** What the network is for; kept in every checkpoint. */
  readonly card?: ModelCard;
};

/**
 * Builds an untrained reconstructor. The weights depend only on `seed`.
 *
 * @param options fields left out get `reconstructorDefaults`
 * @throws one sentence per wrong field, with the valid values
 */
export function createReconstructor(options: CreateReconstructorOptions): Reconstructor {
  const { targets: wanted, card, ...rest } = options ?? {};
  const targets = parseTargets(wanted, 'createReconstructor');
  const config = parseReconstructorConfig(rest);
  const spec = headOfConfig(config.head);
  const model = configuredNetwork(config, spec, spec.outputs(targets.length));
  return new Reconstructor({ config, targets, model, spec, ...(card && { card }) });
}
