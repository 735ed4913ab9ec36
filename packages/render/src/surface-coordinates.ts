import type { ParametricSurface, SurfaceDomain } from '@kanrecon/geometry';

/** u and v of the vertices of `tessellate`'s mesh. At a seam they run on to the range's end, at a pole as between poles. */
export function surfaceCoordinates(
  { parts = 1 }: ParametricSurface,
  { uMin, uMax, vMin, vMax }: SurfaceDomain,
  { uSteps, vSteps }: { uSteps: number; vSteps: number },
): Float64Array {
  const out = new Float64Array(2 * parts * (uSteps + 1) * (vSteps + 1));
  const width = (uMax - uMin) / parts;
  let at = 0;
  for (let part = 0; part < parts; part++) {
    for (let i = 0; i <= uSteps; i++) {
      for (let j = 0; j <= vSteps; j++) {
        out[at++] = uMin + part * width + (i * width) / uSteps;
        out[at++] = vMin + (j * (vMax - vMin)) / vSteps;
      }
    }
  }
  return out;
}
