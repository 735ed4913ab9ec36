import { nearestName } from '@kanrecon/image';
import { type PackedModel, type PretrainedName, packedModels } from './packed-models.js';

/**
 * A model of the package by its name.
 *
 * @param caller begins the error
 * @throws if there is none; the error names the one that was probably meant
 */
export function findPackedModel(caller: string, name: string): PackedModel {
  if (Object.hasOwn(packedModels, name)) return packedModels[name as PretrainedName];
  const names = Object.keys(packedModels);
  const near = nearestName(name, names);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  throw new Error(`${caller}: no model of that name; expected ${names.join(', ')}, got ${name}${hint}`);
}
