import type { LayersModel } from '@tensorflow/tfjs-layers';
import { checkOptions } from '../check-options.js';
import { modelOf } from '../internal/model-of.js';
import { checkTimmNorms } from '../internal/norm-epsilon.js';
import { timmNames } from '../internal/timm-names.js';
import { torchVariables } from '../internal/torch-variables.js';
import { transposeArray } from '../internal/transpose-array.js';
import type { TorchTensor } from '../torch-tensor.js';
import { checkMetadata, writeSafetensors } from './write-safetensors.js';

/** Options of {@link saveSafetensors}. */
export interface SaveSafetensorsOptions {
  /** Whose names the weights bear. timm has none for SqueezeNet. Default torchvision's. */
  naming?: 'torchvision' | 'timm';
  /** Texts that are kept in the file's header. */
  metadata?: Readonly<Record<string, string>>;
}

const defaults = { naming: 'torchvision', metadata: {} } as const satisfies Required<SaveSafetensorsOptions>;

/**
 * A backbone's weights as a safetensors file, under torch's names and in torch's layouts, in single precision: for Python's
 * `safetensors.torch.load`, then `load_state_dict`, and for `loadWeights`.
 *
 * @param backbone a backbone, or a model that contains one; other layers are left out
 * @returns the file's bytes
 * @throws RangeError if there is no backbone, there are two whose weights bear the same names, a weight is no finite number, timm has no
 *   names for it, or timm's batch norms have another epsilon
 */
export async function saveSafetensors(
  backbone: LayersModel | { readonly model: LayersModel },
  options: SaveSafetensorsOptions = {},
): Promise<Uint8Array> {
  checkOptions('saveSafetensors', options, defaults);
  const { naming = defaults.naming, metadata = defaults.metadata } = options;
  if (naming !== 'torchvision' && naming !== 'timm') {
    throw new RangeError(`saveSafetensors: naming is wrong; expected torchvision or timm, got ${String(naming)}`);
  }
  checkMetadata('saveSafetensors', metadata);
  const model = modelOf('saveSafetensors', backbone);
  const variables = torchVariables(model, 'saveSafetensors');
  if (variables.length === 0) throw new RangeError('saveSafetensors: the model contains no backbone of this package');
  const names = naming === 'timm' ? timmNames(variables) : variables.map(({ name }) => name);
  if (!names) throw new RangeError('saveSafetensors: timm has no such network; expected naming torchvision');
  if (naming === 'timm') checkTimmNorms('saveSafetensors', model);
  const tensors: Record<string, TorchTensor & { readonly data: Float32Array }> = {};
  for (const [i, { name, shape, axes, variable }] of variables.entries()) {
    const data = (await variable.read().data()) as Float32Array;
    if (!data.every(Number.isFinite))
      throw new RangeError(`saveSafetensors: the weight ${name} has a number that is not finite`);
    // Axis i of torch's is the one of ours that came from it.
    const values = axes
      ? transposeArray(
          data,
          variable.shape as number[],
          shape.map((_, axis) => axes.indexOf(axis)),
        )
      : data;
    tensors[names[i] as string] = { shape, data: values };
  }
  return writeSafetensors(tensors, { format: 'pt', ...metadata });
}
