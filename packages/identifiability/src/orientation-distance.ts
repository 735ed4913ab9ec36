import type { DrawnView, Scene } from '@kanrecon/scene';
import { cameraVisibility } from './camera-visibility.js';

/**
 * The angle between two orientations of a scene's camera, as far as its images tell them apart: the smallest over all values of the
 * angles that do not show (see `cameraVisibility`), and over all turns after which images repeat. An angle whose range is a single
 * value is known, not hidden, and stays. It is 0 for orientations that give the same images, and the same for (a, b) and (b, a).
 *
 * For the orientation Rz·Ry·Rx it has a closed form. Ra·Rbᵀ turns as far as Rz(z)·Ry(ya)·Rx(x)·Ry(−yb), with z and x the differences; the
 * scalar part of its quaternion,
 *
 *     w = cos(z/2) cos(x/2) cos((ya − yb)/2) + sin(z/2) sin(x/2) sin((ya + yb)/2)
 *
 * is the cosine of half the angle. Where z is free, that is greatest as the length of (cos(x/2) cos((ya − yb)/2), sin(x/2) sin((ya + yb)/2));
 * and so on.
 *
 * @returns radians, 0 to π
 * @throws if an angle is not a finite number
 */
export function orientationDistance(scene: Scene, a: DrawnView['cameraAngles'], b: DrawnView['cameraAngles']): number {
  for (const { x, y, z } of [a, b]) {
    if (![x, y, z].every(Number.isFinite)) {
      throw new Error(
        `orientationDistance: angles must be finite numbers in radians; expected {x, y, z}, got ${x}, ${y}, ${z}`,
      );
    }
  }
  const [x, y, z] = cameraVisibility(scene).map(({ shows, min, max, order }) => ({
    free: !shows && max > min,
    turns: Array.from({ length: order }, (_, k) => (2 * Math.PI * k) / order),
  }));
  const distance = distanceWith(x.free, y.free, z.free);
  let least = Math.PI;
  for (const turnX of x.turns) {
    for (const turnZ of z.turns) {
      for (const turnA of y.turns) {
        for (const turnB of y.turns) {
          least = Math.min(least, distance(a.z - b.z + turnZ, a.y + turnA, a.x - b.x + turnX, b.y + turnB));
        }
      }
    }
  }
  return least;
}

/** The distance from z and x (differences) and y (of both), for angles that are free or not. */
function distanceWith(freeX: boolean, freeY: boolean, freeZ: boolean) {
  return (z: number, ya: number, x: number, yb: number): number => {
    const [cz, sz, cx, sx] = [Math.cos(z / 2), Math.sin(z / 2), Math.cos(x / 2), Math.sin(x / 2)];
    // With y at a quarter turn, x and z turn about the same axis.
    if (freeY)
      return freeX || freeZ
        ? 0
        : Math.min(halfAngle(cz * cx - sz * sx, sz * cx + cz * sx), halfAngle(cz * cx + sz * sx, sz * cx - cz * sx));
    const [c, d] = [Math.cos((ya - yb) / 2), Math.sin((ya - yb) / 2)];
    const [p, s] = [Math.cos((ya + yb) / 2), Math.sin((ya + yb) / 2)];
    if (freeX && freeZ) return Math.min(halfAngle(c, d), halfAngle(s, p));
    if (freeZ) return halfAngle(Math.hypot(cx * c, sx * s), Math.hypot(cx * d, sx * p));
    if (freeX) return halfAngle(Math.hypot(cz * c, sz * s), Math.hypot(cz * d, sz * p));
    return halfAngle(cz * cx * c + sz * sx * s, Math.hypot(sz * cx * c - cz * sx * s, sx * p, cx * d));
  };
}

/** The angle of a rotation from cosine and sine of half of it, of any signs. */
function halfAngle(cosine: number, sine: number): number {
  return 2 * Math.atan2(Math.abs(sine), Math.abs(cosine));
}
