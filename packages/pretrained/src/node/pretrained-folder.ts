import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPackedModel } from '../find-packed-model.js';
import type { PretrainedName } from '../packed-models.js';

/**
 * The folder that a model of the package lies in, for whatever reads models' folders: `loadModel` of `@kanrecon/training/node`, say.
 *
 * @throws for a name that is none
 */
export function pretrainedFolder(name: PretrainedName): string {
  return dirname(fileURLToPath(findPackedModel('pretrainedFolder', name).files()['config.json']));
}
