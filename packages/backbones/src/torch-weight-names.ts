import type { LayersModel } from '@tensorflow/tfjs-layers';
import { torchVariables } from './internal/torch-variables.js';

/**
 * The names that the backbone's weights have in torchvision's state dict, in its order, without `num_batches_tracked`,
 * which has no counterpart here.
 *
 * @param model A backbone, or a model that contains one.
 */
export function torchWeightNames(model: LayersModel): string[] {
  return torchVariables(model, 'torchWeightNames').map(({ name }) => name);
}
