import { flutedColumn } from './fluted-column.js';
import type { ParametricSurface } from './parametric-surface.js';
import { spiralCylinder } from './spiral-cylinder.js';
import { superellipsoid } from './superellipsoid.js';
import { torusPair } from './torus-pair.js';
import { vase } from './vase.js';

const surfaces: readonly ParametricSurface[] = [spiralCylinder, flutedColumn, superellipsoid, torusPair, vase];

/**
 * The names {@link surfaceByName} knows, in a fixed order.
 *
 * @param own surfaces of your own besides the built-in ones
 */
export function surfaceNames(own: readonly ParametricSurface[] = []): string[] {
  return [...surfaces, ...own].map(({ name }) => name);
}

/**
 * The surface of that name, as configuration and label files give it.
 *
 * @param own surfaces of your own (see `defineSurface`), looked at before the built-in ones
 * @throws if there is none; the message lists the valid names
 */
export function surfaceByName(name: string, own: readonly ParametricSurface[] = []): ParametricSurface {
  const surface = [...own, ...surfaces].find((candidate) => candidate.name === name);
  if (surface === undefined) {
    throw new Error(`surfaceByName: unknown surface; expected one of ${surfaceNames(own).join(', ')}, got "${name}"`);
  }
  return surface;
}
