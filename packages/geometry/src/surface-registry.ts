import type { ParametricSurface } from './parametric-surface.js';
import { spiralCylinder } from './spiral-cylinder.js';

const surfaces: readonly ParametricSurface[] = [spiralCylinder];

/** The names {@link surfaceByName} knows, in a fixed order. */
export function surfaceNames(): string[] {
  return surfaces.map(({ name }) => name);
}

/**
 * The surface of that name, as configuration and label files give it.
 *
 * @throws if there is none; the message lists the valid names
 */
export function surfaceByName(name: string): ParametricSurface {
  const surface = surfaces.find((candidate) => candidate.name === name);
  if (surface === undefined) {
    throw new Error(`surfaceByName: unknown surface; expected one of ${surfaceNames().join(', ')}, got "${name}"`);
  }
  return surface;
}
