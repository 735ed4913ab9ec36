import type { PatternName } from './pattern-name.js';
import { patterns } from './patterns.js';
import type { SurfacePattern } from './surface-pattern.js';

/** The names {@link patternByName} knows, in a fixed order. */
export const patternNames = Object.keys(patterns) as readonly PatternName[];

/**
 * The built-in pattern of that name: `plain` (the base colour), `hue-wheel` (once around the colour circle along u, whatever
 * the base colour), `stripes` (eight along u, light and dark of the base colour), `checker` (the same and along v).
 *
 * @throws if there is none; the message lists the valid names
 */
export function patternByName(name: string): SurfacePattern {
  if (!Object.hasOwn(patterns, name)) {
    throw new Error(`patternByName: unknown pattern; expected one of ${patternNames.join(', ')}, got "${name}"`);
  }
  return patterns[name as PatternName];
}
