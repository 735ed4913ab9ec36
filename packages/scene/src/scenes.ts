import { flutedColumn, spiralCylinder } from '@kanrecon/geometry';
import { fixedDistance } from './fixed-distance.js';
import type { Scene } from './scene.js';
import { studyLight } from './study-light.js';

const degree = Math.PI / 180;
const studyTanHalfFov = 0.36;

const study: Scene = {
  name: 'study',
  description: "The study's images: one plain colour, the camera fitted to the object. Twist and size leave no trace.",
  surface: spiralCylinder,
  camera: {
    x: [30 * degree, 70 * degree],
    y: [0, 2 * Math.PI],
    z: [0, 2 * Math.PI],
    placement: 'fitted',
    tanHalfFov: [studyTanHalfFov, studyTanHalfFov],
  },
  pattern: 'plain',
  baseColor: [0, 1],
  light: {
    tilt: [0, 0],
    azimuth: [0, 0],
    strength: [studyLight.strength, studyLight.strength],
    ambient: [studyLight.ambient, studyLight.ambient],
  },
  background: [197, 197],
  effects: { occluders: [0, 0], blur: [0, 0], noise: [0, 0], jpeg: [100, 100] },
  viewsPerShape: 5,
  imageSize: 618,
};

/** Name of a scene. */
export type SceneName = 'study' | 'observable' | 'fluted' | 'robust';

// Made when asked for: finding the distance takes some milliseconds.
const makers: Record<SceneName, () => Scene> = {
  study: () => study,
  observable: () => ({
    ...study,
    name: 'observable',
    description:
      'Everything can be seen: a hue wheel names u at every point, and the camera keeps its distance, so size shows.',
    camera: { ...study.camera, placement: { distance: fixedDistance(spiralCylinder, studyTanHalfFov) } },
    pattern: 'hue-wheel',
    imageSize: 128,
  }),
  fluted: () => ({
    ...study,
    name: 'fluted',
    description: 'A plain column with lobes, which show the twist; the camera keeps its distance, so size shows.',
    surface: flutedColumn,
    camera: { ...study.camera, placement: { distance: fixedDistance(flutedColumn, studyTanHalfFov) } },
    imageSize: 128,
  }),
  // Lenses of 35 to 85 mm. The sun's azimuth stays: the camera goes all around, and of the two only the difference shows.
  robust: () => ({
    ...study,
    name: 'robust',
    description:
      "The study's objects as cameras take them: any light, lens and background, blur, noise, JPEG, occluders.",
    camera: { ...study.camera, tanHalfFov: [18 / 85, 18 / 35] },
    light: { tilt: [0, 60 * degree], azimuth: [0, 0], strength: [0.5, 1.3], ambient: [0.05, 0.4] },
    background: [40, 250],
    effects: { occluders: [0, 1], blur: [0, 1], noise: [0, 8], jpeg: [50, 100] },
    imageSize: 128,
  }),
};

/** The names that {@link sceneByName} knows. */
export const sceneNames = Object.keys(makers) as readonly SceneName[];

const made = new Map<SceneName, Scene>();

/**
 * A scene by name.
 *
 * - `study`: the data set of "Parametric reconstruction of 3D object with KAN" (DOI 10.5281/zenodo.15819213): spiral cylinders
 *   of one colour, camera 30° to 70° from the vertical, any turn, fitted to the object.
 * - `observable`: the same objects with a hue wheel on them, seen from a fixed distance from which the largest just fits.
 * - `fluted`: fluted columns of one colour, seen from a fixed distance.
 * - `robust`: the study's objects, camera fitted to the object, in any light, through any usual lens, before any grey; blurred, noisy,
 *   compressed, half of them behind an occluder.
 *
 * @throws if there is no such scene
 */
export function sceneByName(name: string): Scene {
  if (!Object.hasOwn(makers, name)) {
    throw new Error(`sceneByName: unknown scene "${name}"; expected one of ${sceneNames.join(', ')}`);
  }
  const known = name as SceneName;
  const scene = made.get(known) ?? makers[known]();
  made.set(known, scene);
  return scene;
}
