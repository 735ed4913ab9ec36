import type { ParametricSurface } from './parametric-surface.js';

/** A surface that cannot be drawn or measured for some parameters. The message says which surface, where and for which parameters. */
export class SurfaceError extends Error {
  override readonly name = 'SurfaceError';
  readonly code = 'undrawable-surface';
}

/**
 * The error for a point that is not finite in single precision, as meshes hold it.
 *
 * @param parameters in the surface's order
 * @param point x, y, z
 */
export function surfacePointError(
  caller: string,
  surface: ParametricSurface,
  u: number,
  v: number,
  parameters: ArrayLike<number>,
  point: ArrayLike<number>,
): SurfaceError {
  const values = surface.parameters.map(({ name }, i) => `, ${name} = ${parameters[i]}`).join('');
  return new SurfaceError(
    `${caller}: a point of the surface "${surface.name}" is not finite at u = ${u}, v = ${v}${values}; expected three numbers of less than 3.4e38, got ${Array.from(point).join(', ')}; change the surface or its parameters`,
  );
}
