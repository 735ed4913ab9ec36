import type { CameraAngles } from '@kanrecon/render';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { DatasetPreset, Range } from './presets.js';
import { randomStream } from './random-stream.js';

/** One shape of a data set: everything its views have in common. */
export interface DrawnShape {
  /** Shape parameters by name, in their units. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Linear RGB in [0, 1]. */
  readonly baseColor: readonly [number, number, number];
}

// First key of a stream, so that a shape's and a view's numbers never come from the same one.
const shapeStream = 1;
const viewStream = 2;

/** Shape number `shape` of the data set with this seed. Depends on these three arguments only. */
export function drawShape(preset: DatasetPreset, seed: number, shape: number): DrawnShape {
  const random = randomStream(shapeStream, seed, shape);
  const uniform = ([min, max]: Range) => min + (max - min) * uniformFloat64(random);
  const parameters = Object.fromEntries(
    preset.surface.parameters.map(({ name, min, max }) => [name, uniform([min, max])]),
  );
  const baseColor = [uniform(preset.baseColor), uniform(preset.baseColor), uniform(preset.baseColor)] as const;
  return { parameters, baseColor };
}

/** Camera angles of view number `view` of a shape, radians. Depends on these four arguments only. */
export function drawView(preset: DatasetPreset, seed: number, shape: number, view: number): CameraAngles {
  const random = randomStream(viewStream, seed, shape, view);
  const uniform = ([min, max]: Range) => min + (max - min) * uniformFloat64(random);
  return { x: uniform(preset.camera.x), y: uniform(preset.camera.y), z: uniform(preset.camera.z) };
}
