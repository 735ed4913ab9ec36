import type { Vector3 } from '@kanrecon/render';
import type { DrawnLight, Range, Scene } from '@kanrecon/scene';
import { type Bounds, inside, isFree } from './bounds.js';
import { cameraInside } from './camera-inside.js';
import type { Guess } from './guess.js';
import { turnCamera } from './turn-camera.js';

/** One way in which a guess can be changed. */
export interface FreeDirection {
  /** `radius`; `turn 0` to `turn 2` about the camera's own axes; `red`, `tilt` and the like. */
  readonly name: string;
  readonly kind: 'shape' | 'turn' | 'color' | 'light' | 'lens';
  /** Of a shape's parameter, its place in the surface's order. */
  readonly index?: number;
  /** A change that alters an image about as much as one of two hundredths of a shape parameter's range does. Amounts are counted in it. */
  readonly unit: number;
  /** How far the guess may still go, in units. */
  room(guess: Guess): readonly [low: number, high: number];
  /** The guess moved by an amount in units. */
  move(guess: Guess, amount: number): Guess;
}

/** The two hundredths above. */
const step = 0.02;
const lights = ['tilt', 'azimuth', 'strength', 'ambient'] as const;

/**
 * All in which a scene's images differ: the shape's parameters, the camera's orientation, the base colour where the pattern shows it,
 * and of lens and light what the scene draws at random. What the bounds fix is left out.
 */
export function freeDirections(scene: Scene, bounds: Bounds): FreeDirection[] {
  const { surface, camera, light, pattern } = scene;
  const shape = surface.parameters.flatMap(({ name }, index) => {
    const range = bounds.shape[index]!;
    return isFree(range) ? [shapeDirection(name, index, range)] : [];
  });
  const turns = Object.values(bounds.camera).some(isFree) ? [0, 1, 2].map((axis) => turnDirection(axis, bounds)) : [];
  const colored = pattern !== 'hue-wheel' && isFree(scene.baseColor);
  const colors = colored ? ['red', 'green', 'blue'].map((name, channel) => colorDirection(name, channel)) : [];
  const lit = lights.filter((name) => isFree(light[name])).map((name) => lightDirection(name, light[name]));
  return [
    ...shape,
    ...turns,
    ...colors,
    ...lit,
    ...(isFree(camera.tanHalfFov) ? [lensDirection(camera.tanHalfFov)] : []),
  ];
}

function shapeDirection(name: string, index: number, range: Range): FreeDirection {
  return {
    name,
    kind: 'shape',
    index,
    unit: step,
    room: ({ shape }) => [(range[0] - shape[index]!) / step, (range[1] - shape[index]!) / step],
    move(guess, amount) {
      const shape = guess.shape.slice();
      shape[index] = inside(shape[index]! + amount * step, range);
      return { ...guess, shape };
    },
  };
}

function turnDirection(axis: number, { camera }: Bounds): FreeDirection {
  return {
    name: `turn ${axis}`,
    kind: 'turn',
    unit: step,
    room: () => [-Math.PI / step, Math.PI / step],
    move(guess, amount) {
      const turn: [number, number, number] = [0, 0, 0];
      turn[axis] = amount * step;
      return { ...guess, cameraAngles: cameraInside(turnCamera(guess.cameraAngles, turn), camera) };
    },
  };
}

function colorDirection(name: string, channel: number): FreeDirection {
  return {
    name,
    kind: 'color',
    unit: step,
    room: ({ baseColor }) => [-baseColor[channel]! / step, (1 - baseColor[channel]!) / step],
    move(guess, amount) {
      const color = [...guess.baseColor] as [number, number, number];
      color[channel] = inside(color[channel]! + amount * step, [0, 1]);
      return { ...guess, baseColor: color as Vector3 };
    },
  };
}

function lightDirection(name: keyof DrawnLight, range: Range): FreeDirection {
  const unit = (range[1] - range[0]) * 2 * step;
  return {
    name,
    kind: 'light',
    unit,
    room: ({ light }) => [(range[0] - light[name]) / unit, (range[1] - light[name]) / unit],
    move: (guess, amount) => ({
      ...guess,
      light: { ...guess.light, [name]: inside(guess.light[name] + amount * unit, range) },
    }),
  };
}

function lensDirection(range: Range): FreeDirection {
  const unit = (range[1] - range[0]) * 2 * step;
  return {
    name: 'tanHalfFov',
    kind: 'lens',
    unit,
    room: ({ tanHalfFov }) => [(range[0] - tanHalfFov) / unit, (range[1] - tanHalfFov) / unit],
    move: (guess, amount) => ({ ...guess, tanHalfFov: inside(guess.tanHalfFov + amount * unit, range) }),
  };
}

/** A guess moved along all directions at once. */
export function moveGuess(guess: Guess, directions: readonly FreeDirection[], amounts: ArrayLike<number>): Guess {
  return directions.reduce((moved, direction, i) => direction.move(moved, amounts[i]!), guess);
}
