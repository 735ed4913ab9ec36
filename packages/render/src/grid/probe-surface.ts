import type { ParametricSurface, SurfaceDomain } from '@kanrecon/geometry';
import type { Scratch } from '../scratch.js';
import { gridPoints } from './grid-points.js';

/** Intervals along u and v at whose ends a surface is probed to see how it curves. */
export const probeSteps = 32;

/** Points of a surface on a regular grid of each part: (probeSteps + 1)² · parts · 3 numbers. */
export function probeSurface(
  surface: ParametricSurface,
  parameters: Float64Array,
  { uMin, uMax, vMin, vMax }: SurfaceDomain,
  scratch: Scratch,
): Float64Array {
  const { parts = 1 } = surface;
  const probes = scratch.float64('probes', 3 * parts * (probeSteps + 1) ** 2);
  const width = (uMax - uMin) / parts;
  const us = new Float64Array(probeSteps + 1);
  const vs = new Float64Array(probeSteps + 1);
  for (let k = 0; k <= probeSteps; k++) vs[k] = vMin + ((vMax - vMin) * k) / probeSteps;
  for (let part = 0; part < parts; part++) {
    for (let k = 0; k <= probeSteps; k++) us[k] = uMin + part * width + (width * k) / probeSteps;
    // The end of a part is its start, and that of the next one.
    if (surface.closedU) us[probeSteps] = us[0];
    gridPoints(surface, us, vs, parameters, probes, undefined, 3 * part * us.length * vs.length);
  }
  return probes;
}
