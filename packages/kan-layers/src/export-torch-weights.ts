import { tidy, transpose } from '@tensorflow/tfjs-core';
import { type TorchArray, torchShape } from './import-torch-weights.js';
import type { KANLayer } from './kan-layer.js';

/**
 * The inverse of importTorchWeights: a built layer's weights under the names and in the shapes of its PyTorch reference.
 *
 * @throws if the layer is not built
 */
export async function exportTorchWeights(
  layer: KANLayer,
): Promise<Record<string, TorchArray & { data: Float32Array }>> {
  if (!layer.built) {
    throw new Error(`exportTorchWeights: '${layer.name}' has no weights yet; expected it built, got it before build`);
  }
  const result: Record<string, TorchArray & { data: Float32Array }> = {};
  for (const { name, variable, axes } of layer.torchWeights()) {
    const inverse = axes?.map((_, axis) => axes.indexOf(axis));
    const value = tidy(() => (inverse ? transpose(variable.read(), inverse) : variable.read().clone()));
    try {
      result[name] = {
        shape: torchShape(variable.shape as number[], axes),
        data: (await value.data()) as Float32Array,
      };
    } finally {
      value.dispose();
    }
  }
  return result;
}
