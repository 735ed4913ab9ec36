import type { ParametricSurface, SurfaceParameter } from '@kanrecon/geometry';
import type { Scene } from './scene.js';

/** A parameter's name and range, as a trained network keeps it. */
export type ParameterRange = Pick<SurfaceParameter, 'name' | 'min' | 'max'>;

/**
 * A scene whose surface's parameters have other ranges: those that a network was trained on, whatever the surface's present definition
 * says. The same scene if they are the same.
 *
 * @param ranges the surface's parameters, all of them, in its order
 * @throws if the names differ
 */
export function sceneWithRanges(scene: Scene, ranges: readonly ParameterRange[]): Scene {
  const { surface } = scene;
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join(', ');
  if (names(surface.parameters) !== names(ranges)) {
    throw new Error(
      `sceneWithRanges: surface "${surface.name}" does not have these parameters; expected ${names(surface.parameters)}, got ${names(ranges)}`,
    );
  }
  const parameters = surface.parameters.map((own, i) => ({ ...own, min: ranges[i].min, max: ranges[i].max }));
  if (parameters.every(({ min, max }, i) => min === surface.parameters[i].min && max === surface.parameters[i].max)) {
    return scene;
  }
  // Not a spread: a surface may be an instance of a class.
  const changed = Object.create(surface, { parameters: { value: parameters, enumerable: true } }) as ParametricSurface;
  return { ...scene, surface: changed };
}
