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
  type ModelJson,
  type ReconstructorArtifacts,
  type ReconstructorManifest,
} from './reconstructor-artifacts.js';

/** Options of {@link toArtifacts}. */
export interface ToArtifactsOptions {
  /** Its state is kept too, so that training can go on exactly where it stopped. */
  readonly optimizer?: AdamW;
  /** What is known of the network beyond what its own card says: fields here replace the card's. */
  readonly card?: ModelCard;
  /** Kept beside the configuration: the epoch, metrics, … */
  readonly extra?: JsonValue;
}

/** {@link ToArtifactsOptions} by name. */
export const toArtifactsNames: OptionNames<ToArtifactsOptions> = { optimizer: 1, card: 1, extra: 1 };

/**
 * A reconstructor as plain data, to be stored anywhere; `fromArtifacts` is the inverse, bit for bit.
 *
 * @throws if its network is not the one that its configuration makes: it is loaded from there
 */
export async function toArtifacts(
  reconstructor: Reconstructor,
  options: ToArtifactsOptions = {},
): Promise<ReconstructorArtifacts> {
  checkOptions('toArtifacts', options, toArtifactsNames);
  checkLoadable(reconstructor);
  const { config, targets, name, model: network, parameterCount, card } = reconstructor;
  const state = await options.optimizer?.getState();
  const values = await Promise.all(network.weights.map((weight) => weight.read().data()));
  const weights = concatenate(values as Float32Array[]);
  const optimizer = state && concatenate(state.slots.flatMap((slot) => [slot.firstMoment, slot.secondMoment]));
  const model = modelJson(reconstructor);
  const manifest: ReconstructorManifest = {
    format: ARTIFACTS_FORMAT,
    version: ARTIFACTS_VERSION,
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
      'weights.bin': await summarize(weights),
      ...(optimizer && { 'optimizer.bin': await summarize(optimizer) }),
    },
    ...(state && { optimizer: optimizerHeader(state) }),
    ...(options.extra !== undefined && { extra: options.extra }),
    checksum: '',
  };
  return {
    manifest: { ...manifest, checksum: await manifestChecksum(manifest) },
    model,
    weights,
    ...(optimizer && { optimizer }),
  };
}

function modelJson({ model }: Reconstructor): ModelJson {
  const weights = model.weights.map((weight) => ({
    name: weight.originalName,
    shape: weight.shape as number[],
    dtype: 'float32',
  }));
  return {
    format: 'layers-model',
    generatedBy: `TensorFlow.js tfjs-layers v${version_layers}`,
    convertedBy: null,
    modelTopology: model.toJSON(null, false) as object,
    weightsManifest: [{ paths: ['weights.bin'], weights }],
  };
}

function optimizerHeader({ options, iterations, slots }: AdamWState) {
  return { options, iterations, slots: slots.map(({ name, shape }) => ({ name, shape })) };
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
