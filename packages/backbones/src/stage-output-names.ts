import { backboneByName } from './backbone-by-name.js';
import type { BackboneName } from './backbone-names.js';

/**
 * Names of the layers whose outputs are torchvision's `features.0`, `features.1`, …, in this order. For a model that was
 * built by this package (or contains one), `model.getLayer(name).output` is that stage's map.
 *
 * @throws RangeError for an unknown name.
 */
export function stageOutputNames(name: BackboneName): readonly string[] {
  return backboneByName(name).stageOutputNames;
}
