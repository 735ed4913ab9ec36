import { checkOptions } from '@kanrecon/image';
import { registerKanLayers } from '@kanrecon/kan-layers';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { Reconstructor } from '../network/reconstructor.js';
import { parseReconstructorConfig } from '../network/reconstructor-config.js';
import type { AdamWState } from '../optimization/adamw.js';
import { parseTargets } from '../targets/target.js';
import { checkFiniteWeights } from './check-finite-weights.js';
import { CheckpointError } from './checkpoint-error.js';
import { manifestChecksum, summarize } from './checksums.js';
import type { JsonValue } from './json-value.js';
import {
  ARTIFACTS_FORMAT,
  ARTIFACTS_VERSION,
  type DataSummary,
  type ReconstructorArtifacts,
  type ReconstructorManifest,
} from './reconstructor-artifacts.js';
import { upgradeManifest } from './upgrade-manifest.js';

/** Options of {@link fromArtifacts}. */
export interface FromArtifactsOptions {
  /** Whether the optimizer's state is wanted, if one was stored; true when left out. */
  readonly optimizer?: boolean;
}

const defaults: Required<FromArtifactsOptions> = { optimizer: true };

/** What was stored. */
export interface LoadedReconstructor {
  readonly reconstructor: Reconstructor;
  /** For `new AdamW().setState(optimizerState)`, if an optimizer was stored. */
  readonly optimizerState?: AdamWState;
  readonly extra?: JsonValue;
}

/**
 * The inverse of `toArtifacts`. The targets' ranges are the stored ones: the network learned them.
 *
 * @throws CheckpointError in one sentence if the data are damaged, incomplete, or written by a newer version
 */
export async function fromArtifacts(
  artifacts: ReconstructorArtifacts,
  options: FromArtifactsOptions = {},
): Promise<LoadedReconstructor> {
  checkOptions('fromArtifacts', options, defaults);
  const { model, weights } = artifacts;
  checkVersion(artifacts.manifest);
  const manifest = upgradeManifest(artifacts.manifest);
  const { files } = manifest;
  const optimizer = (options.optimizer ?? defaults.optimizer) ? manifest.optimizer : undefined;
  if (manifest.checksum !== undefined)
    checkSum('configuration', manifestChecksum(artifacts.manifest), manifest.checksum);
  // Earlier versions kept no checksum of it.
  if (files['model.json'])
    checkData("network's layers", new TextEncoder().encode(JSON.stringify(model)), files['model.json']);
  checkData('weights', weights, files['weights.bin']);
  checkFiniteWeights(
    model.weightsManifest.flatMap((group) => group.weights),
    weights,
  );
  if (optimizer) checkData('optimizer state', artifacts.optimizer, files['optimizer.bin']);
  const optimizerState = optimizer && decodeOptimizer(optimizer, artifacts.optimizer!);
  const { config, targets } = contents(manifest);
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
      reconstructor: new Reconstructor({ config, targets, model: layersModel, card: manifest.card }),
      ...(optimizerState && { optimizerState }),
      ...(manifest.extra !== undefined && { extra: manifest.extra }),
    };
  } catch (error) {
    layersModel.dispose();
    throw error;
  }
}

function checkVersion(manifest: ReconstructorManifest): void {
  if (manifest?.format !== ARTIFACTS_FORMAT) {
    throw new CheckpointError(
      `fromArtifacts: this is not a reconstructor's configuration; expected format "${ARTIFACTS_FORMAT}", got ${JSON.stringify(manifest?.format)}`,
    );
  }
  const { version } = manifest;
  if (!Number.isInteger(version) || version < 1 || version > ARTIFACTS_VERSION) {
    throw new CheckpointError(
      `fromArtifacts: cannot read version ${version} of the format; expected 1 to ${ARTIFACTS_VERSION} (a newer @kanrecon/model wrote it)`,
    );
  }
}

function contents({ config, targets }: Pick<ReconstructorManifest, 'config' | 'targets'>) {
  try {
    return { config: parseReconstructorConfig(config), targets: parseTargets(targets, 'fromArtifacts') };
  } catch (cause) {
    throw new CheckpointError((cause as Error).message, { cause });
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
  checkSum(what, summarize(bytes).crc32, expected.crc32);
}

function checkSum(what: string, actual: string, expected: string): void {
  if (actual === expected) return;
  const verb = what.endsWith('s') ? 'are' : 'is';
  throw new CheckpointError(`fromArtifacts: the ${what} ${verb} damaged; expected CRC-32 ${expected}, got ${actual}`);
}

function decodeOptimizer(
  { options, iterations, slots }: NonNullable<ReconstructorManifest['optimizer']>,
  bytes: Uint8Array,
): AdamWState {
  const values = new Float32Array(bytes.slice().buffer);
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
