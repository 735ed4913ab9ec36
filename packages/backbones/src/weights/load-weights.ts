import type { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { checkOptions } from '../check-options.js';
import { modelOf } from '../internal/model-of.js';
import { checkTimmNorms, normEpsilon } from '../internal/norm-epsilon.js';
import { timmNames } from '../internal/timm-names.js';
import { torchVariables } from '../internal/torch-variables.js';
import type { TorchTensor } from '../torch-tensor.js';
import { assignWeights, type ExpectedTensor } from './assign-weights.js';
import { findPrefix } from './find-prefix.js';
import { needsNoPlace } from './needs-no-place.js';
import type { ReadTorchCheckpointOptions } from './read-torch-checkpoint.js';
import { readWeights } from './read-weights.js';
import { type TfjsFiles, tfjsTensors } from './tfjs-tensors.js';
import type { WeightNaming } from './weight-naming.js';

/**
 * Where weights come from: the bytes of a safetensors file or a PyTorch checkpoint; tensors by name, already read; a model.json of
 * TensorFlow.js with its files; or what a load handler of TensorFlow.js gives (`await tf.io.http(url).load()`).
 */
export type WeightSource =
  | ArrayBuffer
  | Uint8Array
  | Readonly<Record<string, TorchTensor>>
  | TfjsFiles
  | io.ModelArtifacts;

/** Options of {@link loadWeights}. */
export interface LoadWeightsOptions extends ReadTorchCheckpointOptions {
  /**
   * What stands before the backbone's names in the source, such as `backbone.`; found out when left out. What does not begin with it
   * belongs to other parts of the network and is passed over.
   */
  prefix?: string;
}

/** What {@link loadWeights} did. */
export interface LoadedWeights {
  /** Whose names the source bears. */
  readonly naming: WeightNaming;
  /** What stands before them. */
  readonly prefix: string;
  /** Weights that were set: all of the backbone's. */
  readonly loaded: number;
  /**
   * Names in the source that the backbone has no use for: the classifier, what does not begin with the prefix, and the other layers of
   * a model that TensorFlow.js saved.
   */
  readonly passedOver: readonly string[];
  /**
   * Epsilon of the backbone's batch norms, undefined where it has none. The source does not tell its own: weights of torchvision's
   * MobileNets are right at 1e-3 only, those of its EfficientNets here at 1e-5.
   */
  readonly batchNormEpsilon: number | undefined;
}

interface Candidate {
  naming: WeightNaming;
  prefix: string;
  expected: ExpectedTensor[];
  matches: number;
}

/**
 * Sets a backbone's weights from a file or from tensors, under torchvision's names or timm's (or TensorFlow.js', for a model.json that
 * this package's model was saved as). Nothing is changed unless everything fits.
 *
 * @param backbone a backbone, or a model that contains one
 * @throws RangeError if there are several such networks in the source, or timm's norms have another epsilon than the backbone's
 * @throws WeightFileError for a file that is damaged, hostile or of another kind
 * @throws WeightMismatchError naming every tensor that is missing, unexpected, of another shape or no finite floating-point numbers
 */
export function loadWeights(
  backbone: LayersModel | { readonly model: LayersModel },
  source: WeightSource,
  options: LoadWeightsOptions = {},
): LoadedWeights {
  checkOptions('loadWeights', options, { prefix: '', stateDict: '' });
  const model = modelOf('loadWeights', backbone);
  const variables = torchVariables(model, 'loadWeights');
  const isTfjs = typeof source === 'object' && source !== null && ('modelJson' in source || 'weightSpecs' in source);
  if (options.stateDict !== undefined && (isTfjs || !isFile(source))) {
    throw new TypeError(
      'loadWeights: stateDict is for the bytes of a PyTorch checkpoint, and the source is something else',
    );
  }
  if (options.prefix !== undefined && typeof options.prefix !== 'string') {
    throw new TypeError(`loadWeights: prefix is wrong; expected a text such as backbone., got ${options.prefix}`);
  }
  const tensors = isTfjs ? tfjsTensors(source as TfjsFiles) : torchTensors(source as ArrayBuffer, options);
  const namings: Partial<Record<WeightNaming, ExpectedTensor[]>> = isTfjs
    ? { tfjs: variables.map(tfjsExpected) }
    : { torchvision: variables, timm: renamed(variables, timmNames(variables)) };
  const candidates = Object.entries(namings).flatMap(([naming, expected]) =>
    expected ? [candidate(naming as WeightNaming, expected, tensors, options.prefix)] : [],
  );
  const { naming, prefix, expected } = candidates.reduce((best, next) => (next.matches > best.matches ? next : best));
  if (naming === 'timm') checkTimmNorms('loadWeights', model);
  const hasConvHead = expected.some(({ name }) => name === 'conv_head.weight');
  const useless = needsNoPlace(naming, hasConvHead);
  const passedOver = (name: string) => !name.startsWith(prefix) || useless(name.slice(prefix.length));
  assignWeights('loadWeights', {
    expected: expected.map((one) => ({ ...one, name: prefix + one.name })),
    tensors,
    passedOver,
  });
  return {
    naming,
    prefix,
    loaded: expected.length,
    passedOver: Object.keys(tensors).filter(passedOver),
    batchNormEpsilon: normEpsilon(model),
  };
}

function isFile(source: unknown): source is ArrayBuffer | Uint8Array {
  return source instanceof ArrayBuffer || ArrayBuffer.isView(source);
}

function torchTensors(
  source: ArrayBuffer | Uint8Array | Readonly<Record<string, TorchTensor>>,
  { stateDict }: LoadWeightsOptions,
) {
  const options = stateDict === undefined ? {} : { stateDict };
  if (source instanceof ArrayBuffer) return readWeights(source, options);
  // Whatever a view shows is bytes of a file: a DataView is as good as a Uint8Array.
  if (ArrayBuffer.isView(source)) {
    const { buffer, byteOffset, byteLength } = source as ArrayBufferView;
    return readWeights(new Uint8Array(buffer, byteOffset, byteLength), options);
  }
  if (!isPlainObject(source)) {
    throw new TypeError(
      `loadWeights: the source is wrong; expected the bytes of a file, tensors by name or a model.json with its files, got ${kindOf(source)}`,
    );
  }
  for (const [name, one] of Object.entries(source)) {
    if (!Array.isArray(one?.shape) || typeof one.data?.length !== 'number') {
      throw new TypeError(`loadWeights: ${name} in the source is no tensor; expected { shape, data }`);
    }
  }
  return source;
}

/** A promise, a Blob or a Map has no tensors by name: nothing of it would be found, and another network be blamed. */
function isPlainObject(source: unknown): boolean {
  if (typeof source !== 'object' || source === null) return false;
  const prototype = Object.getPrototypeOf(source);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function kindOf(source: unknown): string {
  if (source === null || typeof source !== 'object') return String(source === null ? 'null' : typeof source);
  if (source instanceof Promise) return 'a promise (await it)';
  return Array.isArray(source) ? 'an array' : `a ${source.constructor?.name ?? 'thing'}`;
}

function candidate(
  naming: WeightNaming,
  expected: ExpectedTensor[],
  tensors: Readonly<Record<string, TorchTensor>>,
  given: string | undefined,
): Candidate {
  const names = expected.map(({ name }) => name);
  const prefix = given ?? findPrefix(names, Object.keys(tensors));
  return { naming, prefix, expected, matches: names.filter((name) => Object.hasOwn(tensors, prefix + name)).length };
}

function renamed(variables: readonly ExpectedTensor[], names: readonly string[] | undefined) {
  return names && variables.map((variable, i) => ({ ...variable, name: names[i] as string }));
}

/** In TensorFlow.js' own name and layout. */
function tfjsExpected({ variable }: ExpectedTensor): ExpectedTensor {
  return { name: variable.originalName, shape: variable.shape as number[], variable };
}
