import { io } from '@tensorflow/tfjs-core';
import { WeightFileError } from './weight-file-error.js';

/** A model.json of TensorFlow.js with the files that it names. */
export interface TfjsFiles {
  /** The content of model.json: parsed, or as text or bytes. */
  readonly modelJson: object | string | ArrayBuffer | Uint8Array;
  /** The binary files by the names that model.json has for them. */
  readonly files: Readonly<Record<string, ArrayBuffer | Uint8Array>>;
}

/** Numbers of a TensorFlow.js weight, in its own layout. */
export interface TfjsTensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

const SIZES: Readonly<Record<string, number>> = { float32: 4, float16: 2, int32: 4, uint16: 2, uint8: 1, bool: 1 };

/** What `loadLayersModel`'s handlers give, by which artifacts are told from other sources. */
export type TfjsArtifacts = Pick<io.ModelArtifacts, 'weightSpecs' | 'weightData'>;

/**
 * The weights of a TensorFlow.js model, quantised or not, as numbers.
 *
 * @returns by name, in TensorFlow.js' names (`features.0/kernel`) and layouts
 * @throws WeightFileError saying what is wrong
 */
export function tfjsTensors(source: TfjsFiles | TfjsArtifacts): Record<string, TfjsTensor> {
  const { specs, data } = 'modelJson' in source ? fromFiles(source) : fromArtifacts(source);
  const needed = specs.reduce((total, spec) => total + bytesOf(spec), 0);
  if (needed !== data.byteLength)
    throw fail(`the weights have ${data.byteLength} bytes; expected ${needed} by model.json`);
  const names = new Set(specs.map(({ name }) => name));
  if (names.size !== specs.length) throw fail('model.json names a weight twice');
  const tensors = io.decodeWeights(data, specs as io.WeightsManifestEntry[]);
  const out = Object.entries(tensors).map(([name, one]) => [name, { shape: one.shape, data: one.dataSync() }] as const);
  for (const one of Object.values(tensors)) one.dispose();
  return Object.fromEntries(out);
}

function fromArtifacts({ weightSpecs, weightData }: TfjsArtifacts) {
  if (!weightSpecs || !weightData) throw fail('the artifacts hold no weights');
  return { specs: weightSpecs as readonly io.WeightsManifestEntry[], data: io.CompositeArrayBuffer.join(weightData) };
}

function fromFiles({ modelJson, files }: TfjsFiles) {
  const groups = (parse(modelJson) as { weightsManifest?: unknown }).weightsManifest;
  if (!Array.isArray(groups)) throw fail('model.json has no weightsManifest');
  const parts: ArrayBuffer[] = [];
  const specs: io.WeightsManifestEntry[] = [];
  if (typeof files !== 'object' || files === null) throw fail('its files are missing; expected { modelJson, files }');
  for (const group of groups as ({ paths?: unknown; weights?: unknown } | null)[]) {
    const { paths, weights } = group ?? {};
    if (!Array.isArray(paths) || !Array.isArray(weights))
      throw fail('a group of weightsManifest has no paths or weights');
    specs.push(...(weights as io.WeightsManifestEntry[]));
    for (const path of paths) {
      const bytes = typeof path === 'string' && Object.hasOwn(files, path) ? files[path] : undefined;
      if (!bytes) throw fail(`the file ${JSON.stringify(path)} that model.json names is missing`);
      if (!(bytes instanceof ArrayBuffer || bytes instanceof Uint8Array))
        throw fail(`the file ${JSON.stringify(path)} is no ArrayBuffer or Uint8Array`);
      parts.push(Uint8Array.from(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)).buffer);
    }
  }
  return { specs, data: io.CompositeArrayBuffer.join(parts) };
}

function parse(modelJson: TfjsFiles['modelJson']): object {
  const isBytes = modelJson instanceof ArrayBuffer || modelJson instanceof Uint8Array;
  if (typeof modelJson === 'object' && modelJson !== null && !isBytes) return modelJson;
  try {
    const parsed: unknown = JSON.parse(isBytes ? new TextDecoder().decode(modelJson) : modelJson);
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch (cause) {
    throw fail(`model.json is no JSON (${(cause as Error).message})`, cause);
  }
  throw fail('model.json is no JSON object');
}

function bytesOf(spec: io.WeightsManifestEntry): number {
  const { name, shape, dtype, quantization } = spec ?? {};
  const fits =
    typeof name === 'string' && Array.isArray(shape) && shape.every((side) => Number.isSafeInteger(side) && side >= 0);
  const size = SIZES[quantization?.dtype ?? dtype];
  if (!fits || dtype === 'string' || !size) throw fail(`the weight ${JSON.stringify(spec)} is described wrong`);
  return shape.reduce((product, side) => product * side, size);
}

function fail(message: string, cause?: unknown): WeightFileError {
  return new WeightFileError(`loadWeights: the TensorFlow.js model is not read: ${message}`, { cause });
}
