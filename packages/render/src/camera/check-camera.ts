import { checkTriple } from '../checks.js';
import type { Camera } from './camera.js';

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
