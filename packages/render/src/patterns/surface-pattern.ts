import type { SurfaceDomain } from '@kanrecon/geometry';
import type { Vector3 } from '../vector3.js';

/** What is painted on a surface: a base colour at each point (u, v). */
export interface SurfacePattern {
  readonly name: string;
  /**
   * Whether the colour changes slowly, without edges: then it is looked up once a pixel. Otherwise edges are smoothed by a
   * look at the pixel's samples; no when left out.
   */
  readonly smooth?: boolean;
  /**
   * Writes the colour of the surface at (u, v), linear RGB in [0, 1].
   *
   * @param baseColor the object's colour, linear RGB
   * @param domain range of u and v; of a surface of several parts the part's own
   * @param out receives red, green, blue
   */
  color(u: number, v: number, baseColor: Vector3, domain: SurfaceDomain, out: Float64Array): void;
}
