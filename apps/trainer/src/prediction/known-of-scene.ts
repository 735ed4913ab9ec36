import type { Known, KnownValue } from '@kanrecon/reconstruction';
import type { CameraAngles } from '@kanrecon/render';
import { cameraAngleNames, type Range, type Scene } from '@kanrecon/scene';
import { suggestName } from '../cli/suggest-name.js';
import { UserError } from '../cli/user-error.js';
import type { KnownEntry } from './known-option.js';

/** A camera that is known, and the flag that says so. */
export interface KnownCamera {
  readonly cameraAngles: CameraAngles;
  /** As messages name it. */
  readonly from: string;
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;
const degrees = (angle: number) => Number(((angle * 180) / Math.PI).toPrecision(6));
const camera = /^camera_([xyz])$/;
const distance = 'camera_distance';

/**
 * What the user knows of the objects in images of a scene.
 *
 * @param entries of `--known`: parameters in their units, `camera_x`, `camera_y`, `camera_z` in degrees, `camera_distance` in the shape's units
 * @param label whose camera is known as a whole
 * @throws UserError if a name is unknown or named twice, or the scene has no such value
 */
export function knownOfScene(
  scene: Pick<Scene, 'name' | 'surface' | 'camera'>,
  entries: readonly KnownEntry[],
  label?: KnownCamera,
): Known {
  const { parameters } = scene.surface;
  const names = [...parameters.map(({ name }) => name), ...cameraAngleNames.map((name) => `camera_${name}`), distance];
  const shape: Record<string, KnownValue> = {};
  const angles: Record<string, KnownValue> = {};
  let away: KnownValue | undefined;
  const seen = new Set<string>();
  for (const { name, from, to, text } of entries) {
    if (!names.includes(name)) throw new UserError(unknownName(name, names));
    if (seen.has(name)) throw new UserError(`--known names ${name} twice; give it once.`);
    seen.add(name);
    const angle = camera.exec(name)?.[1] as keyof CameraAngles | undefined;
    if (angle) {
      if (label) throw new UserError(`--known ${text} says what --camera says already; give one of them.`);
      const ends = onTurnOf(scene.camera[angle], [radians(from), radians(to)]);
      const [min, max] = scene.camera[angle].map(degrees) as [number, number];
      if (!ends) throw new UserError(outside(`--known ${text}`, `${name} from ${min} to ${max} degrees`, scene));
      angles[angle] = ends;
    } else if (name === distance) {
      away = knownDistance(scene, [from, to], text);
    } else {
      const { min, max } = parameters.find((parameter) => parameter.name === name)!;
      if (to < min || from > max)
        throw new UserError(outside(`--known ${text}`, `${name} from ${min} to ${max}`, scene));
      shape[name] = [from, to];
    }
  }
  for (const angle of label ? cameraAngleNames : []) {
    const value = label!.cameraAngles[angle];
    const ends = onTurnOf(scene.camera[angle], [value, value]);
    const [min, max] = scene.camera[angle].map(degrees) as [number, number];
    const given = `${label!.from} (${angle}_angle ${degrees(value)})`;
    if (!ends) throw new UserError(outside(given, `${angle}_angle from ${min} to ${max} degrees`, scene));
    angles[angle] = ends;
  }
  return { parameters: shape, cameraAngles: angles, ...(away && { cameraDistance: away }) };
}

function knownDistance(
  { name, camera: { placement } }: Pick<Scene, 'name' | 'camera'>,
  ends: Range,
  text: string,
): Range {
  if (placement !== 'fitted') {
    const away = Number(placement.distance.toPrecision(6));
    throw new UserError(
      `--known ${text} says nothing: the cameras of the scene ${name} all stand ${away} away; leave it out.`,
    );
  }
  if (ends[0] > 0) return ends;
  throw new UserError(`--known ${text} is no distance; expected more than 0, in the units of the shape.`);
}

function unknownName(name: string, names: readonly string[]): string {
  const near = suggestName(name, names);
  const known = near ? `did you mean "${near}"?` : `expected one of ${names.join(', ')}.`;
  return `--known ${name} is no parameter of the objects that the network was trained on; ${known}`;
}

function outside(given: string, range: string, { name }: Pick<Scene, 'name'>): string {
  return `${given} is outside of what the network was trained on: the scene ${name} has ${range}.`;
}

/** Angles in the turn in which a scene has its own; undefined where it has none of them. */
function onTurnOf([min, max]: Range, [from, to]: Range): Range | undefined {
  const turn = 2 * Math.PI;
  const slack = 1e-6;
  const shift = turn * Math.round(((min + max) / 2 - (from + to) / 2) / turn);
  const [low, high] = [from + shift, to + shift];
  if (max - min > turn - slack) return [low, high];
  if (high < min - slack || low > max + slack) return undefined;
  // Degrees of a label are rounded.
  return [Math.min(max, Math.max(min, low)), Math.min(max, Math.max(min, high))];
}
