import type { CameraAngles, Vector3 } from '@kanrecon/render';

/** What a refinement starts from: a network's answer, or nothing but the middle of the ranges. */
export interface RefineStart {
  /** Shape parameters scaled to [0, 1] over their ranges, in the surface's order; the middles when left out. */
  readonly normalized?: ArrayLike<number>;
  /** How far each may be off: a standard deviation, scaled likewise; .1 each when left out, .29 where nothing is known. */
  readonly spread?: ArrayLike<number>;
  /** When left out, the camera is sought in all directions. */
  readonly cameraAngles?: CameraAngles;
  /** How far the camera may be off about each of its axes: a standard deviation in radians; .1 when left out. */
  readonly cameraSpread?: number;
  /** Linear RGB; taken from the image when left out. */
  readonly baseColor?: Vector3;
}
