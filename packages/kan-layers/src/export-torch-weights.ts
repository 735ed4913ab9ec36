import { reshape, type Tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import { EdgeLayer } from './edge-layer.js';
import { type TorchArray, torchShape } from './import-torch-weights.js';
import type { KANLayer } from './kan-layer.js';
import type { TorchWeight } from './torch-weight.js';

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
  if (layer instanceof EdgeLayer) layer.applyMask();
  const result: Record<string, TorchArray & { data: Float32Array }> = {};
  for (const weight of layer.torchWeights()) {
    const value = tidy(() => toTorchLayout(weight.variable.read(), weight).clone());
    try {
      result[weight.name] = { shape: value.shape, data: (await value.data()) as Float32Array };
    } finally {
      value.dispose();
    }
  }
  for (const { name, shape, data } of layer.torchConstants()) {
    result[name] = { shape, data: Float32Array.from(data) };
  }
  return result;
}

/** A tensor of the shape of our weight (the weight, or its gradient) as PyTorch's lies. */
export function toTorchLayout(value: Tensor, weight: TorchWeight): Tensor {
  const { axes, split } = weight;
  const apart = split ? reshape(value, [...split]) : value;
  const permuted = axes ? transpose(apart, inverse(axes)) : apart;
  return reshape(permuted, torchShape(weight));
}

function inverse(axes: readonly number[]): number[] {
  return axes.map((_, axis) => axes.indexOf(axis));
}
