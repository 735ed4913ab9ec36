import type { LayersModel } from '@tensorflow/tfjs-layers';
import { backboneLayers } from './backbone-layers.js';

/** Of timm's `efficientnet_b0` to `b4`, `efficientnet_lite0` and `mobilenetv3_small_100`; its `tf_` variants pad otherwise too. */
const TIMM_EPSILON = 1e-5;

/** The epsilons of a backbone's batch norms; none where it has no norms. */
function epsilons(model: LayersModel): number[] {
  const norms = backboneLayers(model).filter((layer) => layer.getClassName() === 'BatchNormalization');
  return norms.map((layer) => layer.getConfig()['epsilon'] as number);
}

/** The epsilon of a backbone's batch norms, which no file of weights tells. */
export function normEpsilon(model: LayersModel): number | undefined {
  return epsilons(model)[0];
}

/**
 * timm's networks have another epsilon than torchvision's MobileNets: weights of the one would give wrong numbers in the other without
 * a word.
 *
 * @param caller begins the error
 * @throws RangeError if the backbone's batch norms are not timm's
 */
export function checkTimmNorms(caller: string, model: LayersModel): void {
  const other = epsilons(model).find((epsilon) => epsilon !== TIMM_EPSILON);
  if (other === undefined) return;
  throw new RangeError(
    `${caller}: the names are timm's, whose batch norms have an epsilon of ${TIMM_EPSILON}; this network has ${other}: build it with { batchNormEpsilon: ${TIMM_EPSILON} }`,
  );
}
