import type { LayersModel } from '@tensorflow/tfjs-layers';
import { backboneLayers } from './internal/backbone-layers.js';
import { holdStatistics } from './internal/hold-statistics.js';
import { modelOf } from './internal/model-of.js';

/**
 * Freezes a backbone: its weights are not trained, and its batch norms use their running statistics and leave them as they are, in
 * training too. Other layers of the model are not touched. `unfreeze` undoes it, for all of it or for its last stages.
 *
 * It acts on the layers and so in every model that is made of them. A saved model does not keep it: freeze again after loading. For
 * `model.fit`, freeze before `compile`.
 *
 * @param backbone a backbone, or a model that contains one
 * @throws RangeError if there is no backbone in it
 */
export function freeze(backbone: LayersModel | { readonly model: LayersModel }): void {
  const layers = backboneLayers(modelOf('freeze', backbone));
  if (layers.length === 0) throw new RangeError('freeze: the model contains no backbone of this package');
  for (const layer of layers) {
    layer.trainable = false;
    holdStatistics(layer, true);
  }
}
