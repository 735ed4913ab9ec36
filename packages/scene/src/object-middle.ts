import { type ParametricSurface, surfacePointError } from '@kanrecon/geometry';
import type { Vector3 } from '@kanrecon/render';

const steps = 32;

/**
 * What a camera at a fixed distance looks at: the middle of the object's box. For a column it lies on the axis at half the
 * height. A surface without a box of its own gets that of 33 × 33 of its points.
 *
 * @param vector parameters in the surface's order
 */
export function objectMiddle(surface: ParametricSurface, vector: ArrayLike<number>): Vector3 {
  const { min, max } = surface.bounds ? surface.bounds(vector) : sampledBox(surface, vector);
  return [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2];
}

function sampledBox(surface: ParametricSurface, vector: ArrayLike<number>): { min: number[]; max: number[] } {
  const min = [Infinity, Infinity, Infinity];
  const max = [-Infinity, -Infinity, -Infinity];
  for (const point of surfacePoints(surface, vector)) {
    for (let axis = 0; axis < 3; axis++) {
      min[axis] = Math.min(min[axis], point[axis]);
      max[axis] = Math.max(max[axis], point[axis]);
    }
  }
  return { min, max };
}

/**
 * 33 × 33 points of each part of a surface. The same array every time.
 *
 * @throws SurfaceError if one is not finite in single precision
 */
export function* surfacePoints(surface: ParametricSurface, vector: ArrayLike<number>): Generator<Float64Array> {
  const { uMin, uMax, vMin, vMax } = surface.domain(vector);
  const point = new Float64Array(3);
  const uSteps = steps * (surface.parts ?? 1);
  for (let i = 0; i <= uSteps; i++) {
    for (let j = 0; j <= steps; j++) {
      const [u, v] = [uMin + ((uMax - uMin) * i) / uSteps, vMin + ((vMax - vMin) * j) / steps];
      surface.position(u, v, vector, point);
      if (!point.every((value) => Number.isFinite(Math.fround(value)))) {
        throw surfacePointError('surfacePoints', surface, u, v, vector, point);
      }
      yield point;
    }
  }
}
