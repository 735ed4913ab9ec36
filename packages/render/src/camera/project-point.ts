import type { Vector3 } from '../vector3.js';
import type { Camera } from './camera.js';

/**
 * Where a point appears in a square image.
 *
 * @param point world coordinates
 * @param size image width and height in pixels
 * @returns `[px, py, depth]`: pixels from the left and from the top (pixel centres lie at + 0.5) and the distance along the
 *   viewing axis in the object's units. Behind the camera the depth is negative, and px, py are those of the mirrored ray.
 */
export function projectPoint(camera: Camera, point: Vector3, size: number): [number, number, number] {
  const { location, rotation: r, tanHalfFov: t } = camera;
  const dx = point[0] - location[0];
  const dy = point[1] - location[1];
  const dz = point[2] - location[2];
  const depth = -(r[2] * dx + r[5] * dy + r[8] * dz);
  const x = (r[0] * dx + r[3] * dy + r[6] * dz) / depth;
  const y = (r[1] * dx + r[4] * dy + r[7] * dz) / depth;
  return [((x / t + 1) / 2) * size, ((1 - y / t) / 2) * size, depth];
}
