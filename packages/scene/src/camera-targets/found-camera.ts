import type { CameraAngles } from '@kanrecon/render';
import { type CameraAngleName, type CameraTarget, cameraAngleNames, parseCameraTarget } from './camera-target.js';

/** What a network says of the camera. */
export interface FoundCamera {
  /** Radians; those that are not known are missing. */
  readonly angles: Partial<CameraAngles>;
  /** How often images repeat in a full turn of each of them: an angle is known up to so many places. */
  readonly orders: Readonly<Partial<Record<CameraAngleName, number>>>;
}

/**
 * The inverse of `cameraValues`: angles from a network's numbers. Those of cosine and sine lie in the first 2π/order.
 *
 * @param targets all of the network's; those that are not about the camera are passed over
 * @param normalized its numbers in the same order
 */
export function foundCamera(targets: readonly CameraTarget[], normalized: ArrayLike<number>): FoundCamera {
  const angles: Partial<Record<CameraAngleName, number>> = {};
  const orders: Partial<Record<CameraAngleName, number>> = {};
  const numbers = targets.flatMap((target, i) => {
    const number = parseCameraTarget(target);
    return number ? [{ ...number, value: target.min + normalized[i] * (target.max - target.min) }] : [];
  });
  for (const angle of cameraAngleNames) {
    const own = numbers.filter((number) => number.angle === angle);
    const of = (part: string) => own.find((number) => number.part === part)?.value;
    const [plain, cos, sin] = ['angle', 'cos', 'sin'].map(of);
    if (plain !== undefined) {
      angles[angle] = plain;
      orders[angle] = 1;
    } else if (cos !== undefined && sin !== undefined) {
      const { order } = own[0];
      const found = Math.atan2(sin, cos) / order;
      angles[angle] = found < 0 ? found + (2 * Math.PI) / order : found;
      orders[angle] = order;
    }
  }
  return { angles, orders };
}
