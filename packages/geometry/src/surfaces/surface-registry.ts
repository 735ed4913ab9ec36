import { flutedColumn } from './built-in/fluted-column.js';
import { spiralCylinder } from './built-in/spiral-cylinder.js';
import { superellipsoid } from './built-in/superellipsoid.js';
import { torusPair } from './built-in/torus-pair.js';
import { vase } from './built-in/vase.js';
import type { ParametricSurface } from './parametric-surface.js';

/**
 * The built-in surfaces. To add one: its file in built-in/, an entry at the end here, and its name among the exports of src/index.ts; the names that `defineSurface` refuses, and the tests of
 * every surface, go by this table. A file there is a plain object: what `defineSurface` makes would be checked against this very table.
 *
 * A surface of one's own therefore brings the built-in ones into a bundle, 1.5 kB compressed. Names spelled out beside the table would save
 * that, and were one more thing to keep in step.
 */
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
