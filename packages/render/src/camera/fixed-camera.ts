import { checkOptions, type OptionNames } from '@kanrecon/geometry';
import { checkTriple } from '../checks.js';
import type { Vector3 } from '../vector3.js';
import { type Camera, studyTanHalfFov } from './camera.js';
import { checkRotation, checkTanHalfFov } from './check-camera.js';

/** Options of {@link fixedCamera}. */
export interface FixedCameraOptions {
  /** World from camera, row-major 3 × 3 (see `cameraRotation`). */
  readonly rotation: Float64Array;
  /** The point that appears in the middle of the image, in world coordinates. */
  readonly target: Vector3;
  /** From the camera to the target, in the object's units. */
  readonly distance: number;
  /** tan(fov/2); 0.36 (the study's lens) when left out. */
  readonly tanHalfFov?: number;
}

const optionNames: OptionNames<FixedCameraOptions> = { rotation: 1, target: 1, distance: 1, tanHalfFov: 1 };

/**
 * A camera that looks at a point from a given distance, whatever the object's size: unlike with `fitCamera`, a bigger object
 * looks bigger.
 *
 * @throws if an option is not finite, or the distance is not positive
 */
export function fixedCamera(options: FixedCameraOptions): Camera {
  checkOptions('fixedCamera', options, optionNames);
  const { rotation, target, distance, tanHalfFov = studyTanHalfFov } = options;
  checkRotation('fixedCamera', rotation);
  checkTanHalfFov('fixedCamera', tanHalfFov);
  checkTriple('fixedCamera', 'target', target);
  if (!(distance > 0) || !Number.isFinite(distance)) {
    throw new Error(`fixedCamera: distance must be a positive number, got ${distance}`);
  }
  const r = rotation;
  return {
    location: [target[0] + distance * r[2], target[1] + distance * r[5], target[2] + distance * r[8]],
    rotation,
    tanHalfFov,
  };
}
