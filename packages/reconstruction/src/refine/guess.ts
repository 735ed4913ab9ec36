import type { CameraAngles, Vector3 } from '@kanrecon/render';
import type { DrawnLight } from '@kanrecon/scene';

/** An object, how it is seen and how it is lit: all that a rendering is made from, as the search holds it. */
export interface Guess {
  /** Shape parameters scaled to [0, 1] over their ranges, in the surface's order. */
  readonly shape: Float64Array;
  readonly cameraAngles: CameraAngles;
  readonly tanHalfFov: number;
  /** Linear RGB. */
  readonly baseColor: Vector3;
  readonly light: DrawnLight;
  /** RGB bytes behind the object, not rounded. */
  readonly background: Vector3;
}
