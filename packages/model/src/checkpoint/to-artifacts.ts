import { checkOptions, type OptionNames } from '@kanrecon/image';
import { version_core } from '@tensorflow/tfjs-core';
import { version_layers } from '@tensorflow/tfjs-layers';
import { version } from '../../package.json';
import type { ModelCard } from '../network/model-card.js';
import type { Reconstructor } from '../network/reconstructor.js';
import type { AdamW, AdamWState } from '../optimization/adamw.js';
import { checkLoadable } from './check-loadable.js';
import { manifestChecksum, summarize } from './checksums.js';
import type { JsonValue } from './json-value.js';
import {
  ARTIFACTS_FORMAT,
  ARTIFACTS_VERSION,
  type ManifestWeight,
  type ModelJson,
  type ReconstructorArtifacts,
  type ReconstructorManifest,
  SINGLE_PRECISION_VERSION,
} from './reconstructor-artifacts.js';
import { storeWeights } from './store-weights.js';

/** Options of {@link toArtifacts}. */
export interface ToArtifactsOptions {
  /** Its state is kept too, so that training can go on exactly where it stopped. */
  readonly optimizer?: AdamW;
  /** What is known of the network beyond what its own card says: fields here replace the card's. */
  readonly card?: ModelCard;
  /** Kept beside the configuration: the epoch, metrics, … */
  readonly extra?: JsonValue;
  /**
   * `float16` stores kernels and other matrices in half precision, which halves the files; vectors, such as biases and moving statistics, stay as
   * they are, and so do matrices of fewer than 1,024 numbers or with one beyond 65,504. What is loaded is single precision again.
   */
  readonly quantization?: 'float16';
}

/** {@link ToArtifactsOptions} by name. */
export const toArtifactsNames: OptionNames<ToArtifactsOptions> = {
  optimizer: 1,
  card: 1,
  extra: 1,
  quantization: 1,
};

/**
 * A reconstructor as plain data, to be stored anywhere; `fromArtifacts` is the inverse, bit for bit unless half precision is asked for.
 *
 * @throws if its network is not the one that its configuration makes: it is loaded from there; if `quantization` is another, or an
 *   optimizer is to be kept beside it, whose training could not go on from rounded weights
 */
export async function toArtifacts(
  reconstructor: Reconstructor,
  options: ToArtifactsOptions = {},
): Promise<ReconstructorArtifacts> {
  checkOptions('toArtifacts', options, toArtifactsNames);
  checkQuantization(options);
  checkLoadable(reconstructor);
  const { config, targets, name, model: network, parameterCount, card } = reconstructor;
  const state = await options.optimizer?.getState();
  const values = await Promise.all(network.weights.map((weight) => weight.read().data()));
  const stored = storeWeights(network, values as Float32Array[], options.quantization === 'float16');
  const optimizer =
    state &&
    concatenate(
      state.slots.flatMap((slot) => [slot.firstMoment, slot.secondMoment, ...(slot.average ? [slot.average] : [])]),
    );
  const model = modelJson(reconstructor, stored.entries);
  const manifest: ReconstructorManifest = {
    format: ARTIFACTS_FORMAT,
    version: stored.entries.some(({ quantization }) => quantization) ? ARTIFACTS_VERSION : SINGLE_PRECISION_VERSION,
    ...{ name, config, targets, parameterCount },
    card: { ...card, ...options.card },
    preprocessing: {
      layout: `RGB bytes [${config.imageSize}, ${config.imageSize}, 3], fitted by fit, then (byte / 255 - mean) / std`,
      fit: config.fit,
      mean: config.mean,
      std: config.std,
    },
    versions: {
      '@kanrecon/model': version,
      '@tensorflow/tfjs-core': version_core,
      '@tensorflow/tfjs-layers': version_layers,
    },
    files: {
      'model.json': await summarize(JSON.stringify(model)),
      'weights.bin': await summarize(stored.weights),
      ...(optimizer && { 'optimizer.bin': await summarize(optimizer) }),
    },
    ...(state && { optimizer: optimizerHeader(state) }),
    ...(options.extra !== undefined && { extra: options.extra }),
    checksum: '',
  };
  return {
    manifest: { ...manifest, checksum: await manifestChecksum(manifest) },
    model,
    weights: stored.weights,
    ...(optimizer && { optimizer }),
  };
}

function checkQuantization({ quantization, optimizer }: ToArtifactsOptions): void {
  if (quantization === undefined) return;
  if (quantization !== 'float16') {
    throw new Error(`toArtifacts: quantization is wrong; expected float16 or nothing, got ${quantization}`);
  }
  if (!optimizer) return;
  throw new Error(
    'toArtifacts: an optimizer goes on from exact weights; expected no optimizer beside quantization, got both',
  );
}

function modelJson({ model }: Reconstructor, weights: readonly ManifestWeight[]): ModelJson {
  return {
    format: 'layers-model',
    generatedBy: `TensorFlow.js tfjs-layers v${version_layers}`,
    convertedBy: null,
    modelTopology: model.toJSON(null, false) as object,
    weightsManifest: [{ paths: ['weights.bin'], weights }],
  };
}

function optimizerHeader({ options, iterations, slots }: AdamWState) {
  // By name: numbers are in optimizer.bin, and as text they would be forty bytes each.
  const named = slots.map(({ name, shape, rateFactor }) => ({
    name,
    shape,
    ...(rateFactor !== undefined && { rateFactor }),
  }));
  return { options, iterations, slots: named };
}

function concatenate(parts: readonly Float32Array[]): Uint8Array {
  const out = new Float32Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return new Uint8Array(out.buffer);
}
