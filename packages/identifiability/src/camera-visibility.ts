import { checkOptions } from '@kanrecon/geometry';
import type { Scene } from '@kanrecon/scene';
import { builtInScene } from './built-in-scene.js';
import { imageDrawDefaults, imageDrawOptions } from './image-draws.js';
import { knownCameraVisibility } from './known-camera-visibility.js';
import { type AngleTrace, type CameraAngle, cameraAngleNames, measureCameraAngle } from './measure-camera-angle.js';

/** What images of a scene tell of one of its camera's angles. */
export interface CameraAngleVisibility {
  /** The world's axis that the angle is about; the orientation is Rz·Ry·Rx, world from camera. */
  readonly angle: 'x' | 'y' | 'z';
  /** Whether it leaves a trace in the images; never for a range of a single value, where there is nothing to find. */
  readonly shows: boolean;
  /** The scene's range, radians. */
  readonly min: number;
  readonly max: number;
  /** Whether the range is a full turn. */
  readonly round: boolean;
  /** Images repeat this often in a full turn, 1 to 12; 1 where they do not, or not within the range. */
  readonly order: number;
}

/** Options of {@link cameraVisibility}. */
export interface CameraVisibilityOptions {
  /** Objects looked at, each from one direction, 2 to 10,000; 8 when left out. */
  readonly draws?: number;
  /** Seed of the objects and views; those of a data set of this seed; 1 when left out. */
  readonly seed?: number;
}

const defaults: Required<CameraVisibilityOptions> = { draws: imageDrawDefaults.draws, seed: imageDrawDefaults.seed };
const measured = new WeakMap<Scene, readonly CameraAngleVisibility[]>();

/**
 * Which camera angles of a scene leave a trace in its images, and which are the same after a part of a turn: an object of
 * revolution under a vertical sun does not show z, a plain column with five lobes shows it up to 72°. Found by rendering, without the
 * scene's effects; see `measureCameraAngle`. Of the built-in scenes it is known; another one is measured, which takes some tenths of a
 * second, once for each scene object unless there are options.
 *
 * @returns x, y and z, in this order
 * @throws if an option is out of range; SurfaceError if a point of the surface is not finite
 */
export function cameraVisibility(
  scene: Scene,
  options: CameraVisibilityOptions = {},
): readonly CameraAngleVisibility[] {
  checkOptions('cameraVisibility', options, defaults);
  const { draws, seed } = imageDrawOptions('cameraVisibility', options);
  const usual = draws === defaults.draws && seed === defaults.seed;
  const before = usual ? measured.get(scene) : undefined;
  if (before !== undefined) return before;
  const name = usual ? builtInScene(scene) : undefined;
  const found = cameraAngleNames.map((angle) => {
    const known = name && knownCameraVisibility[name][angle];
    return described(scene, angle, known ?? measureCameraAngle(scene, angle, { draws, seed }));
  });
  if (usual) measured.set(scene, found);
  return found;
}

function described({ camera }: Scene, angle: CameraAngle, { shows, order }: AngleTrace): CameraAngleVisibility {
  const [min, max] = camera[angle];
  return { angle, shows, min, max, round: max - min >= 2 * Math.PI - 1e-9, order };
}
