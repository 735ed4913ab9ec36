import type { ParametricSurface, SurfaceDomain, WritableVector } from './parametric-surface.js';

/** Difference step, as a fraction of the domain: truncation and rounding errors both stay near 1e-9. */
const step = 1e-5;
/** Where a tangent vanishes (a pole, an apex) the normal is taken this fraction of the domain further inside. */
const nudge = 1e-3;

const tangentU = new Float64Array(3);
const tangentV = new Float64Array(3);
const point = new Float64Array(3);

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
  const domain = surface.domain(parameters);
  if (differenceNormal(surface, domain, u, v, parameters, out, offset)) return;
  const { uMin, uMax, vMin, vMax } = domain;
  const insideU = u + nudge * (u > (uMin + uMax) / 2 ? uMin - uMax : uMax - uMin);
  const insideV = v + nudge * (v > (vMin + vMax) / 2 ? vMin - vMax : vMax - vMin);
  differenceNormal(surface, domain, insideU, insideV, parameters, out, offset);
}

/** Returns whether there is a normal; writes zeros when not. */
function differenceNormal(
  surface: ParametricSurface,
  { uMin, uMax, vMin, vMax }: SurfaceDomain,
  u: number,
  v: number,
  parameters: ArrayLike<number>,
  out: WritableVector,
  offset: number,
): boolean {
  difference(tangentU, u, uMin, uMax, (at) => surface.position(at, v, parameters, point));
  difference(tangentV, v, vMin, vMax, (at) => surface.position(u, at, parameters, point));
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

/** Derivative along one coordinate, for a unit step of the whole domain; one-sided (same order) at the domain's edges. */
function difference(out: Float64Array, at: number, min: number, max: number, evaluate: (at: number) => void): void {
  const h = step * (max - min);
  out.fill(0);
  const add = (weight: number, position: number) => {
    evaluate(position);
    for (let axis = 0; axis < 3; axis++) out[axis] += (weight * point[axis]) / (2 * step);
  };
  const side = at - h < Math.min(min, max) ? 1 : at + h > Math.max(min, max) ? -1 : 0;
  if (side === 0) {
    add(1, at + h);
    add(-1, at - h);
    return;
  }
  add(-3 * side, at);
  add(4 * side, at + side * h);
  add(-side, at + 2 * side * h);
}
