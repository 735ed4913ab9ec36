import type { CameraAngles } from '@kanrecon/render';
import type { Scene } from '@kanrecon/scene';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { normal } from '../random-normal.js';
import { type Bounds, inside } from './bounds.js';
import { cameraInside } from './camera-inside.js';
import type { Guess } from './guess.js';
import { turnCamera } from './turn-camera.js';

/** What is known before a search, and how well. */
export interface StartKnowledge {
  readonly guess: Guess;
  /** Whether the start says anything of the shape. */
  readonly shapeGiven: boolean;
  /** Standard deviation by parameter, scaled as the shape is. */
  readonly shapeSpread: Float64Array;
  /** Standard deviation about each of the camera's axes, radians; Infinity where nothing is known of the camera. */
  readonly cameraSpread: number;
}

/**
 * Guesses to begin with: the first as it is, the others drawn around it as far as it may be off. Of every three, one keeps the shape, so that the
 * camera alone is sought.
 */
export function drawStart(
  { guess, shapeSpread, cameraSpread }: StartKnowledge,
  bounds: Bounds,
  index: number,
  random: RandomGenerator,
): Guess {
  const known = Number.isFinite(cameraSpread);
  if (index === 0 && known) return guess;
  const shape = guess.shape.map((value, i) => {
    const spread = index % 3 === 0 ? 0 : shapeSpread[i]!;
    return inside(value + spread * normal(random), bounds.shape[i]!);
  });
  const cameraAngles = known ? near(guess.cameraAngles, cameraSpread, bounds, random) : anywhere(bounds, random);
  return { ...guess, shape, cameraAngles };
}

function near(angles: CameraAngles, spread: number, { camera }: Bounds, random: RandomGenerator): CameraAngles {
  const turn = [normal(random), normal(random), normal(random)].map((value) => spread * value);
  return cameraInside(turnCamera(angles, turn as [number, number, number]), camera);
}

function anywhere({ camera }: Bounds, random: RandomGenerator): CameraAngles {
  const between = ([min, max]: Scene['camera']['x']) => min + (max - min) * uniformFloat64(random);
  return { x: between(camera.x), y: between(camera.y), z: between(camera.z) };
}
