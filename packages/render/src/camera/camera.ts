import type { Vector3 } from '../vector3.js';

/** A perspective camera with a square frame. It looks down its −z axis, its y axis points up in the image. */
export interface Camera {
  /** The camera's position in world coordinates, in the object's units. */
  readonly location: Vector3;
  /** World from camera, row-major 3 × 3: the columns are the camera's x, y and z axes in the world. */
  readonly rotation: Float64Array;
  /** Tangent of half the field of view; 0.36 is the study's 50 mm lens on a 36 mm sensor. */
  readonly tanHalfFov: number;
}

/** tan(fov/2) of the study's camera: 36 mm sensor, 50 mm lens. */
export const studyTanHalfFov = 0.36;
