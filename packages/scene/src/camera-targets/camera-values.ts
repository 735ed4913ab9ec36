import type { CameraAngles } from '@kanrecon/render';
import type { Range, Scene } from '../scene.js';
import { type CameraTarget, parseCameraTarget } from './camera-target.js';

const turn = 2 * Math.PI;
/** Of an angle, for rounding. */
const slack = 1e-9;

/**
 * A camera as numbers for a network to learn, scaled so that 0 … 1 is each target's range.
 *
 * Two triples of angles stand for every orientation, (x, y, z) and (x + π, π − y, z + π). Where a scene's ranges hold both, which takes a
 * range of x of half a turn, images cannot tell them apart, and the one with cos y ≥ 0 is taken.
 *
 * @param camera its ranges
 * @param angles radians, of whichever turn
 * @param out receives the numbers when given: as long as `targets`
 * @throws if a target is not about the camera
 */
export function cameraValues(
  { camera }: Pick<Scene, 'camera'>,
  targets: readonly CameraTarget[],
  angles: CameraAngles,
  out: Float32Array = new Float32Array(targets.length),
): Float32Array {
  const settled = settledAngles(camera, angles);
  targets.forEach((target, i) => {
    const number = parseCameraTarget(target);
    if (!number) {
      throw new Error(
        `cameraValues: the target is not about the camera; expected camera_x, camera_y_cos and the like, got ${target.name}`,
      );
    }
    const { min, max } = target;
    const angle = settled[number.angle];
    const value = number.part === 'angle' ? nearestTo((min + max) / 2, angle) : Math[number.part](number.order * angle);
    out[i] = (value - min) / (max - min);
  });
  return out;
}

function settledAngles(ranges: Scene['camera'], angles: CameraAngles): CameraAngles {
  if (Math.cos(angles.y) >= 0) return angles;
  const other = { x: angles.x + Math.PI, y: Math.PI - angles.y, z: angles.z + Math.PI };
  const both = [angles, other].every(({ x, y, z }) => holds(ranges.x, x) && holds(ranges.y, y) && holds(ranges.z, z));
  return both ? other : angles;
}

function holds([min, max]: Range, angle: number): boolean {
  const middle = (min + max) / 2;
  return Math.abs(nearestTo(middle, angle) - middle) <= (max - min) / 2 + slack;
}

/** The angle, of the turn around a middle. */
function nearestTo(middle: number, angle: number): number {
  return angle - turn * Math.round((angle - middle) / turn);
}
