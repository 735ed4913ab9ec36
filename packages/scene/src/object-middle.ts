import { type ParametricSurface, surfacePointError } from '@kanrecon/geometry';
import type { Vector3 } from '@kanrecon/render';

/** Of the grid when none are given. */
const usualSteps = 32;

/**
 * What a camera at a fixed distance looks at: the middle of the object's box. For a column it lies on the axis at half the
 * height. A surface without a box of its own gets that of 33 × 33 of its points.
 *
 * @param vector parameters in the surface's order
 * @param points its {@link surfacePoints}, where they are known
 */
export function objectMiddle(surface: ParametricSurface, vector: ArrayLike<number>, points?: Float64Array): Vector3 {
  const { min, max } = surface.bounds?.(vector) ?? boxOf(points ?? surfacePoints(surface, vector));
  return [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2];
}

function boxOf(points: Float64Array): { min: number[]; max: number[] } {
  const min = [Infinity, Infinity, Infinity];
  const max = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i++) {
    const axis = i % 3;
    if (points[i] < min[axis]) min[axis] = points[i];
    if (points[i] > max[axis]) max[axis] = points[i];
  }
  return { min, max };
}

/**
 * (steps + 1)² points of each part of a surface.
 *
 * @param steps along u and along v; 32 when left out
 * @returns x, y and z of one after another
 * @throws SurfaceError if one is not finite in single precision
 */
export function surfacePoints(surface: ParametricSurface, vector: ArrayLike<number>, steps = usualSteps): Float64Array {
  const { uMin, uMax, vMin, vMax } = surface.domain(vector);
  const uSteps = steps * (surface.parts ?? 1);
  const points = new Float64Array(3 * (uSteps + 1) * (steps + 1));
  const point = new Float64Array(3);
  let at = 0;
  for (let i = 0; i <= uSteps; i++) {
    const u = uMin + ((uMax - uMin) * i) / uSteps;
    for (let j = 0; j <= steps; j++) {
      const v = vMin + ((vMax - vMin) * j) / steps;
      surface.position(u, v, vector, point);
      for (let axis = 0; axis < 3; axis++) {
        if (!Number.isFinite(Math.fround(point[axis]))) {
          throw surfacePointError('surfacePoints', surface, u, v, vector, point);
        }
        points[at++] = point[axis];
      }
    }
  }
  return points;
}
