import type { DatasetPreset } from '@kanrecon/scene';
import { noteEndChanges } from './end-changes.js';
import { type ImageDrawOptions, imageDrawOptions, imageDraws } from './image-draws.js';

/**
 * The parameters that leave no trace at all in a preset's images, whatever the others are: the short part of `identifiability`, in
 * a fraction of a second.
 *
 * @returns their names, in the surface's order
 * @throws if an option is out of range
 */
export function invisibleParameters(preset: DatasetPreset, options: ImageDrawOptions = {}): string[] {
  const given = imageDrawOptions('invisibleParameters', options);
  const { parameters } = preset.surface;
  const changes = new Float64Array(parameters.length);
  for (const draw of imageDraws(preset, given)) {
    if (changes.every((change) => change > given.tolerance)) break;
    noteEndChanges(draw, draw.image(draw.at), parameters, given.tolerance, changes);
  }
  return parameters.filter((_, index) => changes[index] <= given.tolerance).map(({ name }) => name);
}
