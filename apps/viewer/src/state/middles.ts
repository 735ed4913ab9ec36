import type { ParametricSurface } from '@kanrecon/geometry';

/** The middles of a surface's ranges, by name. */
export function middles({ parameters }: Pick<ParametricSurface, 'parameters'>): Record<string, number> {
  return Object.fromEntries(parameters.map(({ name, min, max }) => [name, (min + max) / 2]));
}
