import { type ImageLimits, type Invariance, moveAlong } from '@kanrecon/identifiability';
import { cameraDistance, type Scene } from '@kanrecon/scene';
import type { Bounds } from '../refine/bounds.js';
import type { Guess } from '../refine/guess.js';
import { freeLaws, rangesWithin } from './free-laws.js';

/** How far the camera stands from shapes, in their units, when they are seen as a guess is. */
export type DistanceOf = (shape: Float64Array, points?: number) => number;

/** Points along u and v that a distance is taken from. */
const coarse = 32;
/** A law's time over which is looked whether it changes the distance, and the share by which it has to. */
const time = 0.01;
const changes = 1e-5;

/** Distances from shapes that are given in the surface's order, in units. */
export function distanceOf(scene: Scene, guess: Pick<Guess, 'cameraAngles' | 'tanHalfFov'>): DistanceOf {
  const { parameters } = scene.surface;
  const named = (shape: Float64Array) => Object.fromEntries(parameters.map(({ name }, i) => [name, shape[i]!]));
  return (shape, points = coarse) => cameraDistance(scene, { parameters: named(shape) }, guess, points);
}

/** The law along which the camera's distance from a shape changes while its images do not; undefined where there is none. */
export function distanceLaw(
  scene: Scene,
  bounds: Bounds,
  limits: Pick<ImageLimits, 'invariances'>,
  shape: Float64Array,
  distance: DistanceOf,
): Invariance | undefined {
  return freeLaws(limits, rangesWithin(scene, bounds)).find(
    (law) => Math.abs(Math.log(distance(moveAlong(law, shape, time)) / distance(shape))) > changes,
  );
}
