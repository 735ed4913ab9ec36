import { CheckpointError, putSoundCopy } from './checkpoint-error.js';
import type { ModelJson } from './reconstructor-artifacts.js';
import { show } from './show.js';

/**
 * What model.json is, if it holds a network and says which weights it has.
 *
 * @throws CheckpointError naming the field that is wrong
 */
export function checkModelJson(model: unknown): ModelJson {
  if (!isObject(model)) throw wrong('an object', model);
  const { modelTopology, weightsManifest } = model as Partial<ModelJson>;
  if (!isObject(modelTopology)) throw wrong('the network as the object modelTopology', modelTopology);
  if (!Array.isArray(weightsManifest)) throw wrong('its weights as the list weightsManifest', weightsManifest);
  return model as ModelJson;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(expected: string, got: unknown): CheckpointError {
  return new CheckpointError(
    `fromArtifacts: model.json is no network of TensorFlow.js; expected ${expected}, got ${show(got)}${putSoundCopy}`,
  );
}
