import type { ParametricSurface, SurfaceDomain, WritableVector } from './parametric-surface.js';
import { partDomain, surfaceTangents } from './surface-tangents.js';

/** Where a tangent vanishes (a pole, an apex) the normal is taken this fraction of the domain further inside. */
const nudge = 1e-3;

const tangentU = new Float64Array(3);
const tangentV = new Float64Array(3);

/**
 * Writes the unit normal of a surface at (u, v): ∂/∂u × ∂/∂v, so outward for the spiral cylinder. Uses the surface's own
 * `normal` when it has one, else differences of second order (error about 1e-9) that never leave the domain. At a pole, where a
 * tangent vanishes, the normal of a point close by is taken; where there is none either, (0, 0, 0) is written.
 *
 * @param parameters one value per surface parameter, in the surface's order
 * @param out receives x, y, z
 * @param offset index of x in `out`
 */
export function surfaceNormal(
  surface: ParametricSurface,
  u: number,
  v: number,
  parameters: ArrayLike<number>,
  out: WritableVector,
  offset = 0,
): void {
  if (surface.normal) {
    surface.normal(u, v, parameters, out, offset);
    return;
  }
  const domain = partDomain(surface, parameters, u);
  if (differenceNormal(surface, domain, u, v, parameters, out, offset)) return;
  const { uMin, uMax, vMin, vMax } = domain;
  const insideU = u + nudge * (u > (uMin + uMax) / 2 ? uMin - uMax : uMax - uMin);
  const insideV = v + nudge * (v > (vMin + vMax) / 2 ? vMin - vMax : vMax - vMin);
  differenceNormal(surface, domain, insideU, insideV, parameters, out, offset);
}

/** Returns whether there is a normal; writes zeros when not. */
function differenceNormal(
  surface: ParametricSurface,
  domain: SurfaceDomain,
  u: number,
  v: number,
  parameters: ArrayLike<number>,
  out: WritableVector,
  offset: number,
): boolean {
  surfaceTangents(surface, domain, u, v, parameters, tangentU, tangentV);
  const x = tangentU[1] * tangentV[2] - tangentU[2] * tangentV[1];
  const y = tangentU[2] * tangentV[0] - tangentU[0] * tangentV[2];
  const z = tangentU[0] * tangentV[1] - tangentU[1] * tangentV[0];
  const length = Math.hypot(x, y, z);
  const tangents = Math.hypot(...tangentU, ...tangentV);
  // Both tangents count a step of the whole domain, so their ratio to the object's size is sound: below this it is rounding.
  const exists = length > 1e-8 * tangents * tangents;
  out[offset] = exists ? x / length : 0;
  out[offset + 1] = exists ? y / length : 0;
  out[offset + 2] = exists ? z / length : 0;
  return exists;
}
