import { loadReconstructor } from '@kanrecon/model/node';
import { findPackedModel } from '../find-packed-model.js';
import { loadedPretrained, type PretrainedModel } from '../loaded-pretrained.js';
import type { PretrainedName } from '../packed-models.js';
import { pretrainedFolder } from './pretrained-folder.js';

/**
 * Loads a model that comes with the package onto the backend in use, from its files: nothing is fetched.
 *
 * @throws CheckpointError in one sentence with the path if a file is missing, or is not what was packed; an Error naming the nearest one for
 * a name that is none
 */
export async function loadPretrained(name: PretrainedName): Promise<PretrainedModel> {
  const { card } = findPackedModel('loadPretrained', name);
  const { reconstructor } = await loadReconstructor(pretrainedFolder(name));
  return loadedPretrained(card, reconstructor);
}
