/** Angles about the world's x, y and z axes, in radians. */
export interface CameraAngles {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/**
 * The rotation Rz · Ry · Rx (Blender's XYZ Euler order): about x first, then y, then z, all about fixed world axes.
 *
 * @param angles radians
 * @returns world from camera, row-major 3 × 3
 * @throws if an angle is not a finite number
 */
export function cameraRotation({ x, y, z }: CameraAngles): Float64Array {
  if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(z)) {
    throw new Error(
      `cameraRotation: angles must be finite numbers in radians; expected {x, y, z}, got ${x}, ${y}, ${z}`,
    );
  }
  const cx = Math.cos(x);
  const sx = Math.sin(x);
  const cy = Math.cos(y);
  const sy = Math.sin(y);
  const cz = Math.cos(z);
  const sz = Math.sin(z);
  return Float64Array.of(
    cy * cz,
    sx * sy * cz - cx * sz,
    cx * sy * cz + sx * sz,
    cy * sz,
    sx * sy * sz + cx * cz,
    cx * sy * sz - sx * cz,
    -sy,
    sx * cy,
    cx * cy,
  );
}
