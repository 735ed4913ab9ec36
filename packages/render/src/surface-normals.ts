import type { ParametricSurface } from '@kanrecon/geometry';

/**
 * Normals at the vertices of `tessellate`'s grid: the surface's own, or by differences if it has none. Three numbers a vertex,
 * of any length.
 */
export function surfaceNormals(
  surface: ParametricSurface,
  parameters: Float64Array,
  uSteps: number,
  vSteps: number,
): Float64Array {
  const { uMin, uMax, vMin, vMax } = surface.domain(parameters);
  const out = new Float64Array(3 * (uSteps + 1) * (vSteps + 1));
  const points = new Float64Array(12);
  // Small enough for second order to be exact to 1e-8 of the curvature, large enough for differences to keep ten digits.
  const du = (uMax - uMin) * 1e-5;
  const dv = (vMax - vMin) * 1e-5;
  for (let i = 0, offset = 0; i <= uSteps; i++) {
    const u = uMin + (i * (uMax - uMin)) / uSteps;
    for (let j = 0; j <= vSteps; j++, offset += 3) {
      const v = vMin + (j * (vMax - vMin)) / vSteps;
      if (surface.normal !== undefined) {
        surface.normal(u, v, parameters, out, offset);
        continue;
      }
      // One-sided at the borders: a surface need not be defined beyond them.
      surface.position(Math.max(u - du, uMin), v, parameters, points, 0);
      surface.position(Math.min(u + du, uMax), v, parameters, points, 3);
      surface.position(u, Math.max(v - dv, vMin), parameters, points, 6);
      surface.position(u, Math.min(v + dv, vMax), parameters, points, 9);
      const ux = points[3] - points[0];
      const uy = points[4] - points[1];
      const uz = points[5] - points[2];
      const vx = points[9] - points[6];
      const vy = points[10] - points[7];
      const vz = points[11] - points[8];
      out[offset] = uy * vz - uz * vy;
      out[offset + 1] = uz * vx - ux * vz;
      out[offset + 2] = ux * vy - uy * vx;
    }
  }
  return out;
}
