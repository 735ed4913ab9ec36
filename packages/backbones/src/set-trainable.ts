import type { LayersModel } from '@tensorflow/tfjs-layers';

/**
 * Freezes a backbone (`false`) or frees it again (`true`): sets the flag of every layer, so that it also holds in a model
 * built from the backbone's inputs and outputs.
 *
 * As in torch, this stops gradients only. A frozen batch norm that runs with `training: true` still normalises by its
 * batch and still updates its running averages. `freeze` holds these still too, and `unfreeze` frees single stages. What `freeze` holds still only `unfreeze` lets go: after `freeze`, then
 * `setTrainable(model, true)`, the weights are trained and the norms go on using their running statistics.
 */
export function setTrainable(model: LayersModel, trainable: boolean): void {
  for (const layer of model.layers) layer.trainable = trainable;
  model.trainable = trainable;
}
