import { withoutCaller } from '@kanrecon/image';
import * as v from 'valibot';
import { explainStored } from '../explain-stored.js';
import { parseStoredConfig } from '../network/reconstructor-config.js';
import { parseTargets } from '../targets/target.js';
import { CheckpointError, putSoundCopy } from './checkpoint-error.js';
import { manifestSchema } from './manifest-schema.js';
import { show } from './show.js';
import { strangeName } from './strange-name.js';
import type { UpgradedManifest } from './upgrade-manifest.js';

/**
 * Checks every field of a manifest that is read, and that its card speaks of its targets. Nothing that is missing is filled in: a default
 * would be another network's.
 *
 * @throws CheckpointError naming the field
 */
export function parseManifest(manifest: UpgradedManifest): Pick<UpgradedManifest, 'config' | 'targets'> {
  const result = v.safeParse(manifestSchema, manifest);
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
    throw wrong(withoutCaller((cause as Error).message).replace(/\.$/, ''), cause);
  }
}

function wrong(reason: string, cause?: unknown): CheckpointError {
  return new CheckpointError(`fromArtifacts: config.json is wrong: ${reason}${putSoundCopy}`, { cause });
}
