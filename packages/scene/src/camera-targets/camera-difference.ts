import { type CameraAngles, cameraRotation } from '@kanrecon/render';
import { type CameraAngleName, cameraAngleNames } from './camera-target.js';
import type { FoundCamera } from './found-camera.js';

/** How far a camera that was found is from the real one. */
export interface CameraDifference {
  /** Of each angle that was found, radians from 0 to π/order. Two angles may be wrong and cancel each other, near y = ±90°. */
  readonly angles: Readonly<Partial<Record<CameraAngleName, number>>>;
  /**
   * The angle of the rotation between both orientations, radians from 0 to π, at its least over what images do not show: angles that
   * were not found, and places that look the same.
   */
  readonly rotation: number;
}

const turn = 2 * Math.PI;
/** Of all angles that were not found, one after the other. */
const rounds = 20;

/** Compares the camera that was found with the real one. */
export function cameraDifference(real: CameraAngles, { angles, orders }: FoundCamera): CameraDifference {
  const found = cameraAngleNames.filter((name) => angles[name] !== undefined);
  const differences = found.map((name) => {
    const period = turn / (orders[name] ?? 1);
    const difference = Math.abs(angles[name]! - real[name]) % period;
    return [name, Math.min(difference, period - difference)] as const;
  });
  const free = cameraAngleNames.filter((name) => !found.includes(name));
  const target = cameraRotation(real);
  let most = -1;
  for (const start of placesThatLookTheSame({ ...real, ...angles }, orders)) {
    let place = start;
    let trace = traceWith(target, place);
    for (let round = 0; round < (free.length > 1 ? rounds : 1); round++) {
      for (const name of free) ({ place, trace } = bestOf(target, place, name));
    }
    most = Math.max(most, trace);
  }
  return { angles: Object.fromEntries(differences), rotation: Math.acos(Math.min(1, Math.max(-1, (most - 1) / 2))) };
}

function placesThatLookTheSame(angles: CameraAngles, orders: FoundCamera['orders']): CameraAngles[] {
  let places = [angles];
  for (const name of cameraAngleNames) {
    const order = orders[name] ?? 1;
    places = places.flatMap((place) =>
      Array.from({ length: order }, (_, k) => ({ ...place, [name]: place[name] + (k * turn) / order })),
    );
  }
  return places;
}

/** Of the rotation between two orientations: 1 + 2 cos of its angle. */
function traceWith(target: Float64Array, angles: CameraAngles): number {
  return cameraRotation(angles).reduce((sum, value, i) => sum + value * target[i], 0);
}

/** The angle that comes nearest: as a function of one angle a trace is a + b cos + c sin. */
function bestOf(target: Float64Array, place: CameraAngles, name: CameraAngleName) {
  const at = (angle: number) => traceWith(target, { ...place, [name]: angle });
  const [front, side, back] = [at(0), at(Math.PI / 2), at(Math.PI)];
  const middle = (front + back) / 2;
  const [cos, sin] = [(front - back) / 2, side - middle];
  return { place: { ...place, [name]: Math.atan2(sin, cos) }, trace: middle + Math.hypot(cos, sin) };
}
