import type { ParametricSurface, SurfaceParameter } from '@kanrecon/geometry';
import type { Scene } from './scene.js';

/** A parameter's name and range, as a trained network keeps it. */
export type ParameterRange = Pick<SurfaceParameter, 'name' | 'min' | 'max'>;

/** What surfaces with other ranges were made from. */
const originals = new WeakMap<ParametricSurface, ParametricSurface>();

/**
 * A scene whose surface's parameters have other ranges: those that a network was trained on, whatever the surface's present definition
 * says. The same scene if they are the same.
 *
 * @param ranges of all of the surface's parameters, by name; a network may predict more, which is passed over
 * @throws if one of them is missing
 */
export function sceneWithRanges(scene: Scene, ranges: readonly ParameterRange[]): Scene {
  const { surface } = scene;
  const parameters = surface.parameters.map((own) => {
    const range = ranges.find(({ name }) => name === own.name);
    if (range) return { ...own, min: range.min, max: range.max };
    const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join(', ');
    throw new Error(
      `sceneWithRanges: surface "${surface.name}" does not have these parameters; expected ${names(surface.parameters)}, got ${names(ranges)}`,
    );
  });
  if (parameters.every(({ min, max }, i) => min === surface.parameters[i].min && max === surface.parameters[i].max)) {
    return scene;
  }
  // Not a spread: a surface may be an instance of a class.
  const changed = Object.create(surface, { parameters: { value: parameters, enumerable: true } }) as ParametricSurface;
  originals.set(changed, originals.get(surface) ?? surface);
  return { ...scene, surface: changed };
}

/** The scene as it was before {@link sceneWithRanges}: with its surface's own ranges it can be written down as JSON, which keeps none. */
export function sceneWithOwnRanges(scene: Scene): Scene {
  const surface = originals.get(scene.surface);
  return surface ? { ...scene, surface } : scene;
}
