import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { randomStream } from './random-stream.js';
import type { Range, Scene } from './scene.js';

/** One shape of a data set: everything its views have in common. */
export interface DrawnShape {
  /** Shape parameters by name, in their units. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Linear RGB in [0, 1]. */
  readonly baseColor: readonly [number, number, number];
}

// First key of a stream, so that a shape's and a view's numbers never come from the same one.
const shapeStream = 1;

/** Shape number `shape` of the data set with this seed. Depends on these three arguments only. */
export function drawShape(scene: Scene, seed: number, shape: number): DrawnShape {
  const random = randomStream(shapeStream, seed, shape);
  const uniform = ([min, max]: Range) => min + (max - min) * uniformFloat64(random);
  const parameters = Object.fromEntries(
    scene.surface.parameters.map(({ name, min, max }) => [name, uniform([min, max])]),
  );
  const baseColor = [uniform(scene.baseColor), uniform(scene.baseColor), uniform(scene.baseColor)] as const;
  return { parameters, baseColor };
}
