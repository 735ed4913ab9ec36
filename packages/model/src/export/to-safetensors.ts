import { readSafetensors, saveSafetensors, writeSafetensors } from '@kanrecon/backbones';
import { checkOptions } from '@kanrecon/image';
import { exportTorchWeights, type KANLayer } from '@kanrecon/kan-layers';
import { tidy, transpose } from '@tensorflow/tfjs-core';
import type { Reconstructor } from '../network/reconstructor.js';
import { type DescribeNetworkOptions, describeNetwork, describeNetworkNames } from './describe-network.js';
import { weighted } from './weighted-layers.js';

type Tensors = Record<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;

/**
 * A reconstructor's weights as a safetensors file for PyTorch, in single precision, under the names of the study's checkpoints:
 * `backbone.` and torchvision's, then `fc1.`, `fc2.`, … and those of the head's layers, as their references name them (`weight` and
 * `bias` of linear ones). The header's metadata say the rest ({@link describeNetwork}). `fromSafetensors` is the inverse.
 *
 * @returns the file's bytes
 * @throws RangeError if a weight is no finite number; Error if a layer has no such reference
 */
export async function toSafetensors(
  reconstructor: Reconstructor,
  options: DescribeNetworkOptions = {},
): Promise<Uint8Array> {
  checkOptions('toSafetensors', options, describeNetworkNames);
  const tensors: Tensors = {};
  const backbone = readSafetensors(await saveSafetensors(reconstructor.model));
  for (const [name, { shape, data }] of Object.entries(backbone)) {
    tensors[`backbone.${name}`] = { shape, data: Float32Array.from(data) };
  }
  for (const [index, layer] of weighted(reconstructor.headLayers).entries()) {
    const own = layer.getClassName() === 'Dense' ? await denseWeights(layer) : await kanWeights(layer);
    for (const [name, tensor] of Object.entries(own)) {
      if (!tensor.data.every(Number.isFinite)) {
        throw new RangeError(`toSafetensors: the weight ${name} of ${layer.name} has a number that is not finite`);
      }
      tensors[`fc${index + 1}.${name}`] = tensor;
    }
  }
  return writeSafetensors(tensors, { format: 'pt', ...describeNetwork(reconstructor, options) });
}

type Layer = Reconstructor['headLayers'][number];

/** torch's Linear: weight [out, in], bias. */
async function denseWeights(layer: Layer): Promise<Tensors> {
  const [kernel, bias] = layer.weights.map((weight) => weight.read());
  const weight = tidy(() => transpose(kernel));
  try {
    const [matrix, vector] = await Promise.all([weight.data<'float32'>(), bias.data<'float32'>()]);
    return { weight: { shape: weight.shape, data: matrix }, bias: { shape: bias.shape, data: vector } };
  } finally {
    weight.dispose();
  }
}

function kanWeights(layer: Layer): Promise<Tensors> {
  return exportTorchWeights(layer as unknown as KANLayer);
}
