import { checkOptions, withoutCaller } from '@kanrecon/image';
import { headOfConfig } from '../heads/head-of-config.js';
import { Reconstructor } from '../network/reconstructor.js';
import type { AdamWState } from '../optimization/adamw.js';
import { buildNetwork } from './build-network.js';
import { checkModelJson } from './check-model-json.js';
import { CheckpointError, putSoundCopy } from './checkpoint-error.js';
import { checkData, checkManifest } from './checksums.js';
import type { JsonValue } from './json-value.js';
import { parseManifest } from './parse-manifest.js';
import {
  ARTIFACTS_FORMAT,
  ARTIFACTS_VERSION,
  type ReconstructorArtifacts,
  type ReconstructorManifest,
} from './reconstructor-artifacts.js';
import { show } from './show.js';
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
  try {
    return await load(artifacts, options);
  } catch (cause) {
    if (cause instanceof CheckpointError) throw cause;
    const reason =
      cause instanceof RangeError
        ? 'config.json or model.json is nested too deeply'
        : withoutCaller((cause as Error).message);
    throw new CheckpointError(`fromArtifacts: ${reason}`, { cause });
  }
}

async function load(artifacts: ReconstructorArtifacts, options: FromArtifactsOptions): Promise<LoadedReconstructor> {
  const { weights } = artifacts;
  checkVersion(artifacts.manifest);
  await checkManifest(artifacts.manifest);
  const manifest = upgradeManifest(artifacts.manifest);
  const { config, targets } = parseManifest(manifest);
  const { files } = manifest;
  const model = checkModelJson(artifacts.model);
  const optimizer = (options.optimizer ?? defaults.optimizer) ? manifest.optimizer : undefined;
  // Earlier versions kept no checksum of it.
  if (files['model.json']) await checkData('model.json', JSON.stringify(model), files['model.json']);
  await checkData('weights.bin', weights, files['weights.bin']);
  if (optimizer) await checkData('optimizer.bin', artifacts.optimizer, files['optimizer.bin']);
  const optimizerState = optimizer && decodeOptimizer(optimizer, artifacts.optimizer!);
  const spec = headOfConfig(config.head);
  const network = buildNetwork({ config, spec, outputs: spec.outputs(targets.length) }, model, weights);
  try {
    return {
      reconstructor: new Reconstructor({ config, targets, model: network, card: manifest.card }),
      ...(optimizerState && { optimizerState }),
      ...(manifest.extra !== undefined && { extra: manifest.extra }),
    };
  } catch (error) {
    network.dispose();
    throw error;
  }
}

function checkVersion(manifest: ReconstructorManifest): void {
  if (manifest?.format !== ARTIFACTS_FORMAT) {
    throw new CheckpointError(
      `fromArtifacts: config.json is not a model's; expected the format "${ARTIFACTS_FORMAT}", got ${show(manifest?.format)}`,
      { code: 'not-a-model' },
    );
  }
  const { version } = manifest;
  if (Number.isInteger(version) && version >= 1 && version <= ARTIFACTS_VERSION) return;
  const isNewer = Number.isInteger(version) && version > ARTIFACTS_VERSION;
  throw new CheckpointError(
    `fromArtifacts: config.json is of another version of the format; expected 1 to ${ARTIFACTS_VERSION}, got ${show(version)}${isNewer ? '; a newer version of this program wrote it: update yours' : putSoundCopy}`,
    { code: 'other-version' },
  );
}

function decodeOptimizer(
  { options, iterations, slots }: NonNullable<ReconstructorManifest['optimizer']>,
  bytes: Uint8Array,
): AdamWState {
  const averaged = options.averageDecay !== undefined;
  const expected = (averaged ? 12 : 8) * slots.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  if (expected !== bytes.byteLength) {
    throw new CheckpointError(
      `fromArtifacts: optimizer.bin does not fit config.json; expected ${expected} bytes for the shapes there, got ${bytes.byteLength}${putSoundCopy}`,
    );
  }
  const values = new Float32Array(bytes.slice().buffer);
  if (!values.every(Number.isFinite)) {
    throw new CheckpointError(`fromArtifacts: optimizer.bin holds numbers that are not finite${putSoundCopy}`);
  }
  let offset = 0;
  const take = (shape: readonly number[]) => {
    const start = offset;
    offset += shape.reduce((a, b) => a * b, 1);
    return values.slice(start, offset);
  };
  return {
    options,
    iterations,
    slots: slots.map(({ name, shape, rateFactor }) => ({
      name,
      shape,
      ...(rateFactor !== undefined && { rateFactor }),
      firstMoment: take(shape),
      secondMoment: take(shape),
      ...(averaged && { average: take(shape) }),
    })),
  };
}
