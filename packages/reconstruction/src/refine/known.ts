import { checkOptions, type ParametricSurface } from '@kanrecon/geometry';
import type { Range, Scene } from '@kanrecon/scene';
import type { Bounds } from './bounds.js';

/** A number that is known, or the ends between which it lies. */
export type KnownValue = number | Range;

/** What the user knows of the object besides the image. */
export interface Known {
  /** By name, in units. */
  readonly parameters?: Readonly<Record<string, KnownValue>>;
  /** Radians; the orientation is Rz·Ry·Rx, world from camera. */
  readonly cameraAngles?: { readonly x?: KnownValue; readonly y?: KnownValue; readonly z?: KnownValue };
  /**
   * Of the camera from the middle of the object's box, in the shape's units: a length, which tells how large things are that look alike at any
   * size. Only of scenes that fit their cameras to the object; see `cameraDistance` of `@kanrecon/scene`.
   */
  readonly cameraDistance?: KnownValue;
}

/**
 * A scene's ranges, narrowed by what is known.
 *
 * @throws if a name is unknown, or what is known lies outside the scene's range
 */
export function knownBounds(caller: string, scene: Scene, known: Known): Bounds {
  checkOptions(caller, known, { parameters: 1, cameraAngles: 1, cameraDistance: 1 });
  const { surface, camera } = scene;
  const distance = knownDistance(caller, scene, known.cameraDistance);
  for (const name of Object.keys(known.parameters ?? {})) {
    if (surface.parameters.some((parameter) => parameter.name === name)) continue;
    throw new Error(
      `${caller}: known.parameters.${name} is unknown; expected one of ${surface.parameters.map((parameter) => parameter.name).join(', ')}`,
    );
  }
  for (const name of Object.keys(known.cameraAngles ?? {})) {
    if (['x', 'y', 'z'].includes(name)) continue;
    throw new Error(`${caller}: known.cameraAngles.${name} is unknown; expected x, y or z`);
  }
  return {
    shape: shapeBounds(caller, surface, known),
    camera: {
      x: narrowed(caller, 'cameraAngles.x', camera.x, known.cameraAngles?.x),
      y: narrowed(caller, 'cameraAngles.y', camera.y, known.cameraAngles?.y),
      z: narrowed(caller, 'cameraAngles.z', camera.z, known.cameraAngles?.z),
    },
    ...(distance && { distance }),
  };
}

/** Whether anything is known besides the image. */
export function anythingKnown({ parameters = {}, cameraAngles = {}, cameraDistance }: Known): boolean {
  const values = [...Object.values(parameters), ...Object.values(cameraAngles), cameraDistance];
  return values.some((value) => value !== undefined);
}

function knownDistance(caller: string, { name, camera }: Scene, value: KnownValue | undefined): Range | undefined {
  if (value === undefined) return undefined;
  if (camera.placement !== 'fitted') {
    throw new Error(
      `${caller}: known.cameraDistance says nothing in the scene ${name}, whose cameras all stand ${round(camera.placement.distance)} away; leave it out`,
    );
  }
  const range = narrowed(caller, 'cameraDistance', [0, Number.POSITIVE_INFINITY], value);
  if (range[0] > 0) return range;
  throw new Error(`${caller}: known.cameraDistance is wrong; expected more than 0, got ${JSON.stringify(value)}`);
}

function shapeBounds(caller: string, { parameters }: Pick<ParametricSurface, 'parameters'>, known: Known): Range[] {
  return parameters.map(({ name, min, max }) => {
    const value = known.parameters?.[name];
    if (value === undefined) return [0, 1];
    const [low, high] = narrowed(caller, `parameters.${name}`, [min, max], value);
    return [(low - min) / (max - min), (high - min) / (max - min)];
  });
}

function narrowed(caller: string, name: string, [min, max]: Range, value: KnownValue | undefined): Range {
  if (value === undefined) return [min, max];
  const ends: readonly number[] = typeof value === 'number' ? [value, value] : Array.isArray(value) ? value : [];
  const [low, high] = ends as Range;
  if (!(ends.length === 2 && Number.isFinite(low) && Number.isFinite(high) && low <= high)) {
    throw new Error(`${caller}: known.${name} is wrong; expected a number or [from, to], got ${JSON.stringify(value)}`);
  }
  // Any turn is one of a full turn's.
  if (max - min > 2 * Math.PI - 1e-9 && name.startsWith('camera')) return [low, high];
  if (high < min || low > max) {
    throw new Error(
      `${caller}: known.${name} is outside the scene's range; expected ${round(min)} to ${round(max)}, got ${JSON.stringify(value)}`,
    );
  }
  return [Math.max(min, low), Math.min(max, high)];
}

const round = (value: number) => Number(value.toPrecision(6));
