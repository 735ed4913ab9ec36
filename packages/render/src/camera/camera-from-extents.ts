import type { Camera } from './camera.js';

/**
 * The study's camera fit, given how far the object reaches towards each edge of the frame: the camera is moved, not turned,
 * until the tighter axis touches both of its edges and the other is centred.
 *
 * @param extents greatest X + tZ, −X + tZ, Y + tZ, −Y + tZ over the object, in camera axes about the world's origin
 * @param rotation world from camera, row-major 3 × 3
 * @param t tan(fov/2)
 */
export function cameraFromExtents(extents: ArrayLike<number>, rotation: Float64Array, t: number): Camera {
  const [right, left, top, bottom] = [extents[0], extents[1], extents[2], extents[3]];
  const x = (right - left) / 2;
  const y = (top - bottom) / 2;
  const z = Math.max((right + left) / (2 * t), (top + bottom) / (2 * t));
  const r = rotation;
  return {
    location: [r[0] * x + r[1] * y + r[2] * z, r[3] * x + r[4] * y + r[5] * z, r[6] * x + r[7] * y + r[8] * z],
    rotation: r,
    tanHalfFov: t,
  };
}
