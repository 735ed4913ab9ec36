import type { ParametricSurface, SurfaceDomain } from '@kanrecon/geometry';
import type { Vector3 } from '../vector3.js';
import { patternByName } from './pattern-by-name.js';
import type { PatternName } from './pattern-name.js';
import { patterns } from './patterns.js';
import type { SurfacePattern } from './surface-pattern.js';

/** A pattern with everything that it depends on but the point. */
export interface Paint {
  readonly smooth: boolean;
  /** Writes linear RGB at a point, given by the two numbers that the mesh's vertices carry. */
  color(u: number, v: number, out: Float64Array): void;
}

/** The paint of a surface in its coordinates u and v; undefined where it has one colour. */
export function surfacePaint(
  pattern: SurfacePattern | PatternName | undefined,
  surface: ParametricSurface,
  domain: SurfaceDomain,
  baseColor: Vector3,
): Paint | undefined {
  const found = typeof pattern === 'string' ? patternByName(pattern) : pattern;
  if (found === undefined || found === patterns.plain) return undefined;
  const { parts = 1 } = surface;
  const { uMin, uMax } = domain;
  const width = (uMax - uMin) / parts;
  const domains = Array.from({ length: parts }, (_, k) => ({
    ...domain,
    uMin: uMin + k * width,
    uMax: k + 1 === parts ? uMax : uMin + (k + 1) * width,
  }));
  return {
    smooth: found.smooth ?? false,
    color(u, v, out) {
      const part = parts === 1 ? 0 : Math.min(Math.max(Math.floor((u - uMin) / width), 0), parts - 1);
      found.color(u, v, baseColor, domains[part], out);
    },
  };
}
