import type { Reconstructor } from '@kanrecon/model';
import type { CameraAngles } from '@kanrecon/render';
import { type CameraAngleName, cameraAngleNames, foundCamera, type Range, type Scene } from '@kanrecon/scene';
import { cameraSpread } from './camera-spread.js';

/** Looking down at the object by half a right angle or so: the middle of the study's cameras. */
export const defaultCamera: CameraAngles = { x: (50 * Math.PI) / 180, y: 0, z: 0 };

/** The camera as a network found it. */
export interface NetworkCamera {
  /** Radians; those that it did not find have the middle of the scene's range, or 0 where that is a full turn. */
  readonly cameraAngles: CameraAngles;
  /** The angles that it found: none for a network that finds the shape alone. */
  readonly found: readonly CameraAngleName[];
  /** How far the least sure of these may be off: a standard deviation in radians. Of a network that says how sure it is. */
  readonly spread?: number;
}

/**
 * The camera among a network's numbers (`camera: true` of an experiment), from the targets' names alone. Where images repeat as the camera
 * goes round, as they do of a column with five lobes, it is the first of the places that look the same.
 *
 * @param normalized what the network predicts of one image, in the order of its targets
 * @param scene whose ranges say what is typical of an angle that was not found; the study's 50°, 0, 0 when left out
 * @param spread standard deviations of the numbers, on the same scale
 */
export function networkCamera(
  { targets }: Pick<Reconstructor, 'targets'>,
  normalized: ArrayLike<number>,
  scene?: Pick<Scene, 'camera' | 'surface'>,
  spread?: ArrayLike<number>,
): NetworkCamera {
  const shape = scene?.surface.parameters.map(({ name }) => name) ?? [];
  const columns = targets.flatMap(({ name }, i) => (shape.includes(name) ? [] : [i]));
  const own = columns.map((column) => targets[column]!);
  const of = (values: ArrayLike<number>) => columns.map((column) => values[column]!);
  const { angles } = foundCamera(own, of(normalized));
  const typical = cameraAngleNames.map((name) => [name, scene ? middleOf(scene.camera[name]) : defaultCamera[name]]);
  const off = spread && cameraSpread(own, of(normalized), of(spread));
  return {
    cameraAngles: { ...(Object.fromEntries(typical) as unknown as CameraAngles), ...angles },
    found: cameraAngleNames.filter((name) => angles[name] !== undefined),
    ...(off !== undefined && { spread: off }),
  };
}

function middleOf([min, max]: Range): number {
  return max - min >= 2 * Math.PI - 1e-9 ? 0 : (min + max) / 2;
}
