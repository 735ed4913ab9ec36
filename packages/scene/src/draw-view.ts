import type { CameraAngles } from '@kanrecon/render';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { randomStream } from './random-stream.js';
import type { Range, Scene } from './scene.js';

/** A view's light; see `LightRanges` for the units. */
export interface DrawnLight {
  readonly tilt: number;
  readonly azimuth: number;
  readonly strength: number;
  readonly ambient: number;
}

/** What is done to a view's image; see `EffectRanges` for the units. */
export interface DrawnEffects {
  readonly occluders: number;
  readonly blur: number;
  readonly noise: number;
  readonly jpeg: number;
  /** Seed of the noise and of the occluders' shapes, a 32-bit whole number. */
  readonly seed: number;
}

/** One view of a shape: how it is looked at, lit and taken. */
export interface DrawnView {
  /** Radians; the camera's orientation is Rz·Ry·Rx, world from camera. */
  readonly cameraAngles: CameraAngles;
  /** Tangent of half the field of view. */
  readonly tanHalfFov: number;
  readonly light: DrawnLight;
  /** Grey behind the object, a whole byte. */
  readonly background: number;
  readonly effects: DrawnEffects;
}

const viewStream = 2;

/** View number `view` of a shape. Depends on these four arguments only. */
export function drawView(scene: Scene, seed: number, shape: number, view: number): DrawnView {
  const random = randomStream(viewStream, seed, shape, view);
  const uniform = ([min, max]: Range) => min + (max - min) * uniformFloat64(random);
  // Every value is drawn, fixed or not, and new ones come last: a range that is changed changes no other value.
  const { camera, light, background, effects } = scene;
  const cameraAngles = { x: uniform(camera.x), y: uniform(camera.y), z: uniform(camera.z) };
  const tanHalfFov = uniform(camera.tanHalfFov);
  const drawnLight = {
    tilt: uniform(light.tilt),
    azimuth: uniform(light.azimuth),
    strength: uniform(light.strength),
    ambient: uniform(light.ambient),
  };
  const grey = Math.round(uniform(background));
  const [fewest, most] = effects.occluders;
  const drawnEffects = {
    occluders: Math.min(most, Math.floor(uniform([fewest, most + 1]))),
    blur: uniform(effects.blur),
    noise: uniform(effects.noise),
    jpeg: Math.round(uniform(effects.jpeg)),
    seed: Math.floor(uniform([0, 2 ** 32])),
  };
  return { cameraAngles, tanHalfFov, light: drawnLight, background: grey, effects: drawnEffects };
}

/**
 * A view from a given direction that is otherwise typical of a scene, for an image of which nothing else is known: the middle
 * of every range, and nothing done to the image afterwards.
 */
export function typicalView(scene: Scene, cameraAngles: CameraAngles): DrawnView {
  const middle = ([min, max]: Range) => (min + max) / 2;
  const { camera, light, background } = scene;
  return {
    cameraAngles,
    tanHalfFov: middle(camera.tanHalfFov),
    light: {
      tilt: middle(light.tilt),
      azimuth: middle(light.azimuth),
      strength: middle(light.strength),
      ambient: middle(light.ambient),
    },
    background: Math.round(middle(background)),
    effects: { occluders: 0, blur: 0, noise: 0, jpeg: 100, seed: 0 },
  };
}
