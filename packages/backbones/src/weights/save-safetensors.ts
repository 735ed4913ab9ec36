import type { LayersModel } from '@tensorflow/tfjs-layers';
import { checkOptions } from '../check-options.js';
import { modelOf } from '../internal/model-of.js';
import { checkTimmNorms } from '../internal/norm-epsilon.js';
import { timmNames } from '../internal/timm-names.js';
import { torchVariables } from '../internal/torch-variables.js';
import { transposeArray } from '../internal/transpose-array.js';

/** Options of {@link saveSafetensors}. */
export interface SaveSafetensorsOptions {
  /** Whose names the weights bear. timm has none for SqueezeNet. Default torchvision's. */
  naming?: 'torchvision' | 'timm';
  /** Texts that are kept in the file's header. */
  metadata?: Readonly<Record<string, string>>;
}

const defaults = { naming: 'torchvision', metadata: {} } as const satisfies Required<SaveSafetensorsOptions>;

/** The header is filled up with blanks, so that the numbers begin at a multiple of it. */
const ALIGNMENT = 8;

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
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw new TypeError('saveSafetensors: metadata is wrong; expected an object of texts');
  }
  for (const [key, text] of Object.entries(metadata)) {
    if (typeof text === 'string') continue;
    throw new TypeError(`saveSafetensors: metadata ${key} is wrong; expected a text, got ${typeof text}`);
  }
  const model = modelOf('saveSafetensors', backbone);
  const variables = torchVariables(model, 'saveSafetensors');
  if (variables.length === 0) throw new RangeError('saveSafetensors: the model contains no backbone of this package');
  const names = naming === 'timm' ? timmNames(variables) : variables.map(({ name }) => name);
  if (!names) throw new RangeError('saveSafetensors: timm has no such network; expected naming torchvision');
  if (naming === 'timm') checkTimmNorms('saveSafetensors', model);
  const parts: { name: string; shape: readonly number[]; values: Float32Array }[] = [];
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
    parts.push({ name: names[i] as string, shape, values });
  }
  return encode(parts, { format: 'pt', ...metadata });
}

function encode(
  parts: readonly { name: string; shape: readonly number[]; values: Float32Array }[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let length = 0;
  for (const { name, shape, values } of parts) {
    header[name] = { dtype: 'F32', shape, data_offsets: [length, length + values.byteLength] };
    length += values.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const file = new Uint8Array(start + length);
  new DataView(file.buffer).setUint32(0, start - 8, true);
  file.fill(0x20, 8, start);
  file.set(json, 8);
  let at = start;
  for (const { values } of parts) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}
