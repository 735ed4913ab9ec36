import type { ParametricSurface, SurfaceDomain } from './parametric-surface.js';

/** Difference step, as a fraction of the domain: truncation and rounding errors both stay near 1e-9. */
const step = 1e-5;

const point = new Float64Array(3);

/** The domain of the part that u lies in: the whole domain of a surface of one part. */
export function partDomain(surface: ParametricSurface, parameters: ArrayLike<number>, u: number): SurfaceDomain {
  const domain = surface.domain(parameters);
  const { parts = 1 } = surface;
  if (parts === 1) return domain;
  const width = (domain.uMax - domain.uMin) / parts;
  const part = Math.min(Math.max(Math.floor((u - domain.uMin) / width), 0), parts - 1);
  const uMin = domain.uMin + part * width;
  // The part's end is the next one's start: stay below it.
  return { ...domain, uMin, uMax: part === parts - 1 ? domain.uMax : uMin + width * (1 - 1e-15) };
}

/**
 * ∂/∂u and ∂/∂v at (u, v), for a step of the whole domain: differences of second order that never leave the domain.
 *
 * @param tangentU receives x, y, z
 * @param tangentV likewise
 */
export function surfaceTangents(
  surface: ParametricSurface,
  { uMin, uMax, vMin, vMax }: SurfaceDomain,
  u: number,
  v: number,
  parameters: ArrayLike<number>,
  tangentU: Float64Array,
  tangentV: Float64Array,
): void {
  difference(tangentU, u, uMin, uMax, (at) => surface.position(at, v, parameters, point));
  difference(tangentV, v, vMin, vMax, (at) => surface.position(u, at, parameters, point));
}

/** Derivative along one coordinate; one-sided (same order) at the domain's edges. */
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
