import { type FormulaSurfaceDefinition, type ParametricSurface, surfaceByName } from '@kanrecon/geometry';
import { registerKanLayers } from '@kanrecon/kan-layers';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { Reconstructor } from '../network/reconstructor.js';
import { parseReconstructorConfig } from '../network/reconstructor-config.js';
import type { AdamWState } from '../optimization/adamw.js';
import { CheckpointError } from './checkpoint-error.js';
import { crc32 } from './crc32.js';
import {
  ARTIFACTS_FORMAT,
  ARTIFACTS_VERSION,
  type DataSummary,
  type JsonValue,
  type ReconstructorArtifacts,
  type ReconstructorManifest,
} from './reconstructor-artifacts.js';

/** Options of {@link fromArtifacts}. */
export interface FromArtifactsOptions {
  /** Needed for a surface of your own that geometry does not know by name and that is not made of formulas. */
  readonly surface?: ParametricSurface;
  /** `surfaceFromFormulas` of `@kanrecon/geometry/formulas`, for a model of such a surface; it brings a parser along. */
  readonly surfaceFromFormulas?: (definition: FormulaSurfaceDefinition) => ParametricSurface;
}

/** What was stored. */
export interface LoadedReconstructor {
  readonly reconstructor: Reconstructor;
  /** For `new AdamW().setState(optimizerState)`, if an optimizer was stored. */
  readonly optimizerState?: AdamWState;
  readonly extra?: JsonValue;
}

/**
 * The inverse of `toArtifacts`. The parameters' ranges are the stored ones, whatever the surface's present definition says: the
 * network learned them.
 *
 * @throws CheckpointError in one sentence if the data are damaged, incomplete, or written by a newer version
 */
export async function fromArtifacts(
  artifacts: ReconstructorArtifacts,
  options: FromArtifactsOptions = {},
): Promise<LoadedReconstructor> {
  const { manifest, model, weights } = artifacts;
  checkManifest(manifest);
  checkData('weights', weights, manifest.weights);
  const optimizerState = manifest.optimizer && decodeOptimizer(manifest.optimizer, artifacts.optimizer);
  const config = parseReconstructorConfig(manifest.config);
  const surface = storedSurface(manifest.surface, options);
  registerKanLayers();
  const layersModel = await loadLayersModel(
    io.fromMemory({
      modelTopology: model.modelTopology,
      weightSpecs: model.weightsManifest.flatMap((group) => group.weights) as io.WeightsManifestEntry[],
      // A copy: the cpu backend would go on using, and training would change, the caller's bytes.
      weightData: weights.slice().buffer,
    }),
  );
  try {
    return {
      reconstructor: new Reconstructor(config, surface, layersModel),
      ...(optimizerState && { optimizerState }),
      ...(manifest.extra !== undefined && { extra: manifest.extra }),
    };
  } catch (error) {
    layersModel.dispose();
    throw error;
  }
}

function checkManifest(manifest: ReconstructorManifest): void {
  if (manifest?.format !== ARTIFACTS_FORMAT) {
    throw new CheckpointError(
      `fromArtifacts: this is not a reconstructor's configuration; expected format "${ARTIFACTS_FORMAT}", got ${JSON.stringify(manifest?.format)}`,
    );
  }
  if (manifest.version !== ARTIFACTS_VERSION) {
    throw new CheckpointError(
      `fromArtifacts: written in another version of the format; expected ${ARTIFACTS_VERSION}, got ${JSON.stringify(manifest.version)}. Update @kanrecon/model`,
    );
  }
}

function checkData(what: string, bytes: Uint8Array | undefined, expected: DataSummary | undefined): void {
  if (bytes === undefined || expected === undefined)
    throw new CheckpointError(`fromArtifacts: the ${what} are missing`);
  if (bytes.length !== expected.byteLength) {
    throw new CheckpointError(
      `fromArtifacts: the ${what} are truncated or of another model; expected ${expected.byteLength} bytes, got ${bytes.length}`,
    );
  }
  const actual = crc32(bytes);
  if (actual !== expected.crc32) {
    throw new CheckpointError(
      `fromArtifacts: the ${what} are damaged; expected CRC-32 ${expected.crc32}, got ${actual}`,
    );
  }
}

function storedSurface(stored: ReconstructorManifest['surface'], options: FromArtifactsOptions): ParametricSurface {
  const surface = options.surface ?? (stored.definition ? fromDefinition(stored, options) : surfaceByName(stored.name));
  const names = (list: ParametricSurface['parameters']) => list.map(({ name }) => name).join(', ');
  if (names(surface.parameters) !== names(stored.parameters)) {
    throw new CheckpointError(
      `fromArtifacts: surface "${surface.name}" does not have the parameters that the model was trained for; expected ${names(stored.parameters)}, got ${names(surface.parameters)}`,
    );
  }
  if (JSON.stringify(surface.parameters) === JSON.stringify(stored.parameters)) return surface;
  // Not a spread: a surface may be an instance of a class.
  return Object.create(surface, { parameters: { value: stored.parameters, enumerable: true } }) as ParametricSurface;
}

function fromDefinition(
  { name, definition }: ReconstructorManifest['surface'],
  { surfaceFromFormulas }: FromArtifactsOptions,
): ParametricSurface {
  if (surfaceFromFormulas) return surfaceFromFormulas(definition!);
  throw new CheckpointError(
    `fromArtifacts: the surface "${name}" is made of formulas; expected the option surfaceFromFormulas, from @kanrecon/geometry/formulas`,
  );
}

function decodeOptimizer(
  { options, iterations, slots, data }: NonNullable<ReconstructorManifest['optimizer']>,
  bytes: Uint8Array | undefined,
): AdamWState {
  checkData('optimizer state', bytes, data);
  const values = new Float32Array((bytes as Uint8Array).slice().buffer);
  let offset = 0;
  const take = (shape: readonly number[]) => {
    const start = offset;
    offset += shape.reduce((a, b) => a * b, 1);
    return values.slice(start, offset);
  };
  return {
    options,
    iterations,
    slots: slots.map(({ name, shape }) => ({
      name,
      shape,
      firstMoment: take(shape),
      secondMoment: take(shape),
    })),
  };
}
