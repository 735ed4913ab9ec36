import {
  type ImageLimits,
  type Invariance,
  invarianceInterval,
  lawPosterior,
  moveAlong,
  posteriorTime,
} from '@kanrecon/identifiability';
import type { Range, Scene } from '@kanrecon/scene';
import type { Bounds } from '../refine/bounds.js';
import type { Guess } from '../refine/guess.js';
import { KnownError } from '../refine/known-error.js';
import { distanceLaw, distanceOf } from './distance-law.js';
import { rangesWithin } from './free-laws.js';

/** Points along u and v that a distance is taken from once, to correct those of each sample, which are from fewer. */
const fine = 200;
/** Steps of Newton's method; the first is exact where a law makes all lengths larger alike. */
const steps = 4;
/** In a law's time: a shape at an end of its ranges is a hair outside now and then. */
const slack = 1e-6;

/** Takes shapes, in units, along what no image shows to where the camera is as far away as it is known to be. */
export type DistanceKeeper = (shape: Float64Array, share: number) => Float64Array | undefined;

/**
 * What is larger and farther away looks the same: with a known distance of the camera, the size is known too.
 *
 * @param guess as it is seen in the image
 * @returns for a shape, and the share from 0 to 1 of what the ends of the known distance leave, the shape of that size; undefined where that
 * lies outside the ranges
 * @throws KnownError if no direction without a trace changes the distance
 */
export function distanceKeeper(
  scene: Scene,
  bounds: Bounds,
  limits: Pick<ImageLimits, 'invariances'>,
  guess: Guess,
  [near, far]: Range,
): DistanceKeeper {
  const { parameters } = scene.surface;
  const distance = distanceOf(scene, guess);
  const ranges = rangesWithin(scene, bounds);
  const found = Float64Array.from(parameters, ({ min, max }, i) => min + (max - min) * guess.shape[i]!);
  const correction = Math.log(distance(found, fine) / distance(found));
  const logDistance = (law: Invariance, shape: Float64Array, t: number) =>
    Math.log(distance(moveAlong(law, shape, t))) + correction;
  const law = distanceLaw(scene, bounds, limits, found, distance);
  // That none would is refused before the search; of this shape alone it may be none.
  if (!law) throw new KnownError('refine: known.cameraDistance says nothing of the object in this image; leave it out');
  return (shape, share) => {
    const ends = near === far ? [timeOf(shape, near)] : [timeOf(shape, near), timeOf(shape, far)];
    const [from, to] = invarianceInterval(law, shape, ranges);
    const [low, high] = [Math.max(from, Math.min(...ends)), Math.min(to, Math.max(...ends))];
    if (low - high > slack) return undefined;
    const { growth } = lawPosterior(law, shape, ranges);
    const moved = moveAlong(law, shape, posteriorTime({ from: low, to: Math.max(low, high), growth }, share));
    return moved.map((value, i) => Math.min(ranges[i]!.max, Math.max(ranges[i]!.min, value)));
  };

  function timeOf(shape: Float64Array, wanted: number): number {
    let t = 0;
    for (let step = 0; step < steps; step++) {
      const here = logDistance(law!, shape, t);
      const off = (0.01 * (Math.log(wanted) - here)) / (logDistance(law!, shape, t + 0.01) - here);
      t += Math.min(2, Math.max(-2, off));
      if (Math.abs(off) < 1e-9) break;
    }
    return t;
  }
}
