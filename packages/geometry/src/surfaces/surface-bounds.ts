import { parameterVector } from './parameter-vector.js';
import type { ParameterRecord, ParametricSurface, SurfaceBounds } from './parametric-surface.js';

/** Samples along u (of each part) and along v. */
const samples = 96;
/** The search around the best samples ends with steps of this fraction of the samples' distance, or after so many rounds. */
const leastStep = 1e-7;
const mostRounds = 200;

/**
 * An axis-parallel box around a surface: its own (`kind` says whether exact or conservative), else one that is `estimated`: the
 * extremes of 97 × 97 points, each followed uphill to a local extreme.
 *
 * @throws if a parameter is missing or not finite
 */
export function surfaceBounds(
  surface: ParametricSurface,
  parameters: ParameterRecord | ArrayLike<number>,
): SurfaceBounds {
  const vector = parameterVector(surface, parameters);
  if (surface.bounds) return surface.bounds(vector);
  const { parts = 1 } = surface;
  const { uMin, uMax, vMin, vMax } = surface.domain(vector);
  const point = new Float64Array(3);
  const best = Array.from({ length: 6 }, () => ({ value: -Infinity, u: uMin, v: vMin }));
  const look = (u: number, v: number) => {
    surface.position(u, v, vector, point);
    let improved = false;
    for (let k = 0; k < 6; k++) {
      const value = k < 3 ? -point[k] : point[k - 3];
      if (!(value > best[k].value)) continue;
      best[k] = { value, u, v };
      improved = true;
    }
    return improved;
  };
  const du = (uMax - uMin) / (samples * parts);
  const dv = (vMax - vMin) / samples;
  for (let i = 0; i <= samples * parts; i++) for (let j = 0; j <= samples; j++) look(uMin + i * du, vMin + j * dv);
  let step = 0.5;
  for (let round = 0; step > leastStep && round < mostRounds; round++) {
    let improved = false;
    for (const { u, v } of [...best]) {
      for (let a = -1; a <= 1; a++) {
        for (let b = -1; b <= 1; b++) {
          const [nearU, nearV] = [u + a * step * du, v + b * step * dv];
          // A seam is no border for the search.
          improved =
            look(
              surface.closedU ? wrap(nearU, uMin, uMax) : clamp(nearU, uMin, uMax),
              surface.closedV ? wrap(nearV, vMin, vMax) : clamp(nearV, vMin, vMax),
            ) || improved;
        }
      }
    }
    if (!improved) step /= 2;
  }
  const [minX, minY, minZ, maxX, maxY, maxZ] = best.map(({ value }) => value);
  return { min: [-minX, -minY, -minZ], max: [maxX, maxY, maxZ], kind: 'estimated' };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}

function wrap(value: number, min: number, max: number): number {
  return value < min ? value + (max - min) : value > max ? value - (max - min) : value;
}
