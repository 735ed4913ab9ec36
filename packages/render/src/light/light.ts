import { checkOptions } from '@kanrecon/geometry';
import { checkTriple } from '../checks.js';
import type { Vector3 } from '../vector3.js';
import { ambient as studyAmbient, sunDirection } from './lighting.js';

/** A light so far away that its rays are parallel. */
export interface Sun {
  /** Towards the sun, in world coordinates, of any length. */
  readonly direction: Vector3;
  /** 1 is the study's sun; 1 when left out. */
  readonly strength?: number;
}

/** Options of the light that all render functions share. */
export interface LightOptions {
  /** The study's sun, straight above (0.4° off) and of strength 1, when left out. */
  readonly sun?: Sun;
  /** Linear light that comes evenly from everywhere; the study's 0.1987 when left out. */
  readonly ambient?: number;
}

/** What the shader needs to know of the light. */
export interface Light {
  /** Unit vector towards the sun. */
  readonly direction: Vector3;
  readonly strength: number;
  readonly ambient: number;
}

/** The light of {@link LightOptions}, the study's where they say nothing. */
export function resolveLight(caller: string, { sun, ambient = studyAmbient }: LightOptions): Light {
  if (!(ambient >= 0) || !Number.isFinite(ambient)) {
    throw new Error(`${caller}: ambient must be a number ≥ 0, got ${ambient}`);
  }
  if (sun === undefined) return { direction: sunDirection, strength: 1, ambient };
  checkOptions(`${caller}: sun`, sun, { direction: 1, strength: 1 });
  const { direction, strength = 1 } = sun;
  checkTriple(caller, 'sun.direction', direction);
  const length = Math.hypot(...direction);
  if (!(length > 0))
    throw new Error(`${caller}: sun.direction has no direction; expected a vector to the sun, got 0, 0, 0`);
  if (!(strength >= 0) || !Number.isFinite(strength)) {
    throw new Error(`${caller}: sun.strength must be a number ≥ 0, got ${strength}`);
  }
  return { direction: [direction[0] / length, direction[1] / length, direction[2] / length], strength, ambient };
}

/** Whether shadows may be found as if the sun stood straight above: it does within half a degree, as the study's. */
export function isOverhead({ direction }: Light): boolean {
  return direction[2] > Math.cos(Math.PI / 360);
}
