import { type ParametricSurface, SurfaceError } from '@kanrecon/geometry';
import type { Rendering } from '@kanrecon/render';
import type { DrawnShape } from './draw-shape.js';

/**
 * Refuses an image in which nothing of the object is to be seen: its label could not be read from it. (An object behind an occluder is
 * let through, as occluders are meant to hide.)
 *
 * @throws SurfaceError that names the shape and its parameters
 */
export function refuseUnseen(
  { name }: ParametricSurface,
  shape: number,
  { parameters }: DrawnShape,
  { coverage }: Pick<Rendering, 'coverage'>,
): void {
  if (coverage.some((covered) => covered > 0)) return;
  const values = Object.entries(parameters).map(([key, value]) => `${key} = ${value}`);
  throw new SurfaceError(
    `refuseUnseen: no pixel shows the object of shape ${shape} (surface "${name}", ${values.join(', ')}); bring the camera nearer, or change the surface or the ranges of its parameters`,
  );
}
