import { checkOptions } from '@kanrecon/geometry';
import type { Scene } from '@kanrecon/scene';
import { noteEndChanges } from './end-changes.js';
import { type ImageDrawOptions, imageDrawDefaults, imageDrawOptions, imageDraws } from './image-draws.js';

/**
 * The parameters that leave no trace at all in a scene's images, whatever the others are: the short part of `identifiability`, in
 * a fraction of a second.
 *
 * @returns their names, in the surface's order
 * @throws if an option is out of range
 */
export function invisibleParameters(scene: Scene, options: ImageDrawOptions = {}): string[] {
  checkOptions('invisibleParameters', options, imageDrawDefaults);
  const given = imageDrawOptions('invisibleParameters', options);
  const { parameters } = scene.surface;
  const changes = new Float64Array(parameters.length);
  for (const draw of imageDraws(scene, given)) {
    if (changes.every((change) => change > given.tolerance)) break;
    noteEndChanges(draw, draw.image(draw.at), parameters, given.tolerance, changes);
  }
  return parameters.filter((_, index) => changes[index] <= given.tolerance).map(({ name }) => name);
}
