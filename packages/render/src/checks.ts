import type { Camera } from './camera/camera.js';

/** Throws unless `rotation` is nine finite numbers. */
export function checkRotation(caller: string, rotation: ArrayLike<number>): void {
  if (rotation?.length !== 9 || !Array.from(rotation).every(Number.isFinite)) {
    throw new Error(
      `${caller}: rotation must be 9 finite numbers, row-major (see cameraRotation), got ${rotation?.length === undefined ? String(rotation) : `[${Array.from(rotation).join(', ')}]`}`,
    );
  }
}

/** Throws unless tan(fov/2) is a positive finite number. */
export function checkTanHalfFov(caller: string, tanHalfFov: number): void {
  if (!(tanHalfFov > 0) || !Number.isFinite(tanHalfFov)) {
    throw new Error(`${caller}: tanHalfFov must be a positive number, got ${tanHalfFov}`);
  }
}

/** Throws unless the camera is whole. */
export function checkCamera(caller: string, camera: Camera): void {
  checkRotation(caller, camera?.rotation);
  checkTanHalfFov(caller, camera.tanHalfFov);
  checkTriple(caller, 'camera.location', camera.location);
}

/** Throws unless `value` is three finite numbers within [min, max]. */
export function checkTriple(
  caller: string,
  name: string,
  value: ArrayLike<number>,
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
): void {
  const good =
    value?.length === 3 && Array.from(value).every((entry) => Number.isFinite(entry) && entry >= min && entry <= max);
  if (!good) {
    const range = Number.isFinite(min) ? ` in [${min}, ${max}]` : '';
    throw new Error(
      `${caller}: ${name} must be three finite numbers${range}, got ${value?.length === undefined ? String(value) : `[${Array.from(value).join(', ')}]`}`,
    );
  }
}

/** Throws unless `value` is an integer within [min, max]. */
export function checkInteger(caller: string, name: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(`${caller}: ${name} must be an integer from ${min} to ${max}, got ${value}`);
  }
}
