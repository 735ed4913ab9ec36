import type { LayersModel } from '@tensorflow/tfjs-layers';
import { torchVariables } from './internal/torch-variables.js';
import type { TorchTensor } from './torch-tensor.js';
import { assignWeights } from './weights/assign-weights.js';
import { needsNoPlace } from './weights/needs-no-place.js';

/**
 * Sets a backbone's weights from torchvision's state dict. `classifier.…` and `….num_batches_tracked` are passed over;
 * nothing is changed unless everything fits. `loadWeights` reads files too, and other names.
 *
 * @param model A backbone, or a model that contains one.
 * @param stateDict torchvision's names to tensors.
 * @throws WeightMismatchError if a weight is missing, has another shape or length, holds a number that is not finite, or has no place in the model.
 */
export function loadTorchWeights(model: LayersModel, stateDict: Readonly<Record<string, TorchTensor>>): void {
  assignWeights('loadTorchWeights', {
    expected: torchVariables(model, 'loadTorchWeights'),
    tensors: stateDict,
    passedOver: needsNoPlace('torchvision'),
  });
}
