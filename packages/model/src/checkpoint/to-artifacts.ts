import { version_core } from '@tensorflow/tfjs-core';
import { version_layers } from '@tensorflow/tfjs-layers';
import { version } from '../../package.json';
import type { Reconstructor } from '../network/reconstructor.js';
import type { AdamW, AdamWState } from '../optimization/adamw.js';
import { crc32 } from './crc32.js';
import {
  ARTIFACTS_FORMAT,
  ARTIFACTS_VERSION,
  type DataSummary,
  type JsonValue,
  type ReconstructorArtifacts,
} from './reconstructor-artifacts.js';

/** Options of {@link toArtifacts}. */
export interface ToArtifactsOptions {
  /** Its state is kept too, so that training can go on exactly where it stopped. */
  readonly optimizer?: AdamW;
  /** Kept beside the configuration: the epoch, metrics, … */
  readonly extra?: JsonValue;
}

/** A reconstructor as plain data, to be stored anywhere; `fromArtifacts` is the inverse, bit for bit. */
export async function toArtifacts(
  reconstructor: Reconstructor,
  options: ToArtifactsOptions = {},
): Promise<ReconstructorArtifacts> {
  const { config, surface, name, model, parameterCount } = reconstructor;
  const state = await options.optimizer?.getState();
  const values = await Promise.all(model.weights.map((weight) => weight.read().data()));
  const weights = concatenate(values as Float32Array[]);
  const optimizer = state && concatenate(state.slots.flatMap((slot) => [slot.firstMoment, slot.secondMoment]));
  const specs = model.weights.map((weight) => ({
    name: weight.originalName,
    shape: weight.shape as number[],
    dtype: 'float32',
  }));
  return {
    manifest: {
      format: ARTIFACTS_FORMAT,
      version: ARTIFACTS_VERSION,
      name,
      config,
      surface: {
        name: surface.name,
        parameters: surface.parameters,
        ...(surface.definition && { definition: surface.definition }),
      },
      preprocessing: {
        layout: `RGB bytes [${config.imageSize}, ${config.imageSize}, 3], (byte / 255 - mean) / std`,
        mean: config.mean,
        std: config.std,
      },
      parameterCount,
      versions: {
        '@kanrecon/model': version,
        '@tensorflow/tfjs-core': version_core,
        '@tensorflow/tfjs-layers': version_layers,
      },
      weights: summary(weights),
      ...(state && optimizer && { optimizer: optimizerHeader(state, optimizer) }),
      ...(options.extra !== undefined && { extra: options.extra }),
    },
    model: {
      format: 'layers-model',
      generatedBy: `TensorFlow.js tfjs-layers v${version_layers}`,
      convertedBy: null,
      modelTopology: model.toJSON(null, false) as object,
      weightsManifest: [{ paths: ['weights.bin'], weights: specs }],
    },
    weights,
    ...(optimizer && { optimizer }),
  };
}

function optimizerHeader({ options, iterations, slots }: AdamWState, data: Uint8Array) {
  return {
    options,
    iterations,
    slots: slots.map(({ name, shape }) => ({ name, shape })),
    data: summary(data),
  };
}

function summary(bytes: Uint8Array): DataSummary {
  return { byteLength: bytes.length, crc32: crc32(bytes) };
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
