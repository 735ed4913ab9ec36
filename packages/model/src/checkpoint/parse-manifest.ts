import * as v from 'valibot';
import { explainStored } from '../explain-stored.js';
import { parseStoredConfig } from '../network/reconstructor-config.js';
import { parseTargets } from '../targets/target.js';
import { CheckpointError, putSoundCopy } from './checkpoint-error.js';
import { show } from './show.js';
import { strangeName } from './strange-name.js';
import type { UpgradedManifest } from './upgrade-manifest.js';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const summary = v.union([
  v.object({ byteLength: count, sha256: v.string() }),
  v.object({ byteLength: count, crc32: v.string() }),
]);

/** What is read of a manifest, but for its configuration and targets, which have their own checks. */
const schema = v.object({
  card: v.record(v.string(), v.unknown()),
  files: v.object({
    'model.json': v.optional(summary),
    'weights.bin': summary,
    'optimizer.bin': v.optional(summary),
  }),
  optimizer: v.optional(
    v.object({
      options: v.object({
        learningRate: finite,
        beta1: finite,
        beta2: finite,
        epsilon: finite,
        weightDecay: finite,
        exempt: v.picklist(['none', 'biasAndNorm']),
      }),
      iterations: count,
      slots: v.array(v.object({ name: v.string(), shape: v.pipe(v.array(count), v.maxLength(6)) })),
    }),
  ),
});

/**
 * Checks every field of a manifest that is read, and that its card speaks of its targets. Nothing that is missing is filled in: a default
 * would be another network's.
 *
 * @throws CheckpointError naming the field
 */
export function parseManifest(manifest: UpgradedManifest): Pick<UpgradedManifest, 'config' | 'targets'> {
  const result = v.safeParse(schema, manifest);
  if (!result.success) throw wrong(explainStored(result.issues[0]));
  // Only the first version had none of it.
  if (manifest.version > 1 && !manifest.files['model.json']) throw wrong('files.model.json is missing');
  const parsed = parseParts(manifest);
  const strange = strangeName(manifest.card, parsed.targets);
  if (strange === undefined) return parsed;
  const names = parsed.targets.map(({ name }) => name).join(', ');
  throw wrong(`${strange.place} is wrong; expected names of its targets (${names}), got ${show(strange.name)}`);
}

function parseParts(manifest: UpgradedManifest): Pick<UpgradedManifest, 'config' | 'targets'> {
  try {
    return { config: parseStoredConfig(manifest.config), targets: parseTargets(manifest.targets, 'fromArtifacts') };
  } catch (cause) {
    throw wrong((cause as Error).message.replace(/^\w+: |\.$/g, ''), cause);
  }
}

function wrong(reason: string, cause?: unknown): CheckpointError {
  return new CheckpointError(`fromArtifacts: config.json is wrong: ${reason}${putSoundCopy}`, { cause });
}
