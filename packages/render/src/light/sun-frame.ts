import type { Vector3 } from '../vector3.js';

/** Coordinates of the world in which the sun shines straight down the third axis. */
export interface SunFrame {
  /** Sun coordinates from world coordinates, row-major 3 × 3. */
  toSun: Float64Array;
  /** World coordinates from sun coordinates, row-major 3 × 3: columns are steps along the sun's axes. */
  fromSun: Float64Array;
}

/** Above this height of a unit vector the sun counts as nearly vertical. */
const nearlyVertical = 0.999;

/**
 * Axes for a shadow map. Under a nearly vertical sun the slant is taken out by shearing, (x, y, z) → (x − z·dx/dz,
 * y − z·dy/dz, z), so that heights stay heights; any other sun gets three axes at right angles.
 *
 * @param direction unit vector towards the sun
 */
export function sunFrame([x, y, z]: Vector3): SunFrame {
  if (z > nearlyVertical) {
    const shearX = x / z;
    const shearY = y / z;
    return {
      toSun: Float64Array.of(1, 0, -shearX, 0, 1, -shearY, 0, 0, 1),
      fromSun: Float64Array.of(1, 0, shearX, 0, 1, shearY, 0, 0, 1),
    };
  }
  // The world axis that is farthest from the sun's direction gives the first axis, by a cross product.
  const least = Math.min(Math.abs(x), Math.abs(y), Math.abs(z));
  const [hx, hy, hz] = Math.abs(z) === least ? [0, 0, 1] : Math.abs(x) === least ? [1, 0, 0] : [0, 1, 0];
  let ax = hy * z - hz * y;
  let ay = hz * x - hx * z;
  let az = hx * y - hy * x;
  const length = Math.hypot(ax, ay, az);
  ax /= length;
  ay /= length;
  az /= length;
  const [bx, by, bz] = [y * az - z * ay, z * ax - x * az, x * ay - y * ax];
  return {
    toSun: Float64Array.of(ax, ay, az, bx, by, bz, x, y, z),
    fromSun: Float64Array.of(ax, bx, x, ay, by, y, az, bz, z),
  };
}
