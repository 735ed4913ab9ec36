import type { PretrainedName } from '@kanrecon/pretrained';
import { type CameraAngles, type PatternName, patternNames, type Vector3 } from '@kanrecon/render';
import { cameraAngleNames, type DrawnLight } from '@kanrecon/scene';
import { ViewerError } from '../image/viewer-error.js';
import type { ModelName } from './model-name.js';
import type { Orbit } from './store.js';
import type { ViewerModel } from './viewer-model.js';

/** What a link restores. */
export interface LinkState {
  readonly model: ModelName;
  readonly parameters: Readonly<Record<string, number>>;
  readonly locks: readonly string[];
  readonly cameraAngles: CameraAngles;
  readonly baseColor: Vector3;
  /** Where they are not the usual ones of the model's scene. */
  readonly light?: DrawnLight;
  readonly pattern?: PatternName;
  /** The sample that the object was found in, if it was one. */
  readonly sample?: { readonly scene: PretrainedName; readonly seed: number };
  readonly orbit?: Orbit;
}

/** Words that no parameter of a surface of one's own can be named. */
const lightWord = '.light';
const patternWord = '.pattern';
/** What samples are drawn of: scenes that there is a shipped model for, whose name no model of one's own has. */
const sampleScenes = ['study', 'observable', 'fluted'] as const satisfies readonly PretrainedName[];

const short = (value: number) => String(Number(value.toPrecision(7)));
const list = (values: readonly number[]) => values.map(short).join(',');

/** The part of an address behind #: words and numbers that people can read. */
export function formatLink(link: LinkState): string {
  const { model, parameters, locks, cameraAngles, baseColor, light, pattern, sample, orbit } = link;
  const words = new URLSearchParams({ model });
  for (const [name, value] of Object.entries(parameters)) words.set(name, short(value));
  if (locks.length > 0) words.set('locked', locks.join(','));
  words.set('camera', list(cameraAngleNames.map((name) => cameraAngles[name])));
  words.set('color', list(baseColor));
  if (light) words.set(lightWord, list([light.tilt, light.azimuth, light.strength, light.ambient]));
  if (pattern) words.set(patternWord, pattern);
  if (sample) words.set('sample', `${sample.scene},${sample.seed}`);
  if (orbit) words.set('orbit', list([orbit.azimuth, orbit.polar, orbit.distance]));
  return words.toString().replaceAll('%2C', ',');
}

/**
 * @param hash as an address has it, with or without #
 * @returns undefined where it says nothing
 * @throws ViewerError naming what is wrong
 */
export function parseLink(hash: string, models: ReadonlyMap<string, ViewerModel>): LinkState | undefined {
  const text = hash.replace(/^#/, '');
  if (text === '') return undefined;
  const words = new URLSearchParams(text);
  const name = words.get('model') ?? '';
  const model = models.get(name);
  if (!model) throw damaged(`it names the model “${name}”; there are ${[...models.keys()].join(', ')}`);
  const numbers = (key: string, count: number): readonly number[] | undefined => {
    const word = words.get(key);
    if (word === null) return undefined;
    const values = word.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    if (values.length === count && values.every(Number.isFinite)) return values;
    throw damaged(`${key} should be ${count === 1 ? 'a number' : `${count} numbers`}, not “${word}”`);
  };
  const parameters = Object.fromEntries(
    model.scene.surface.parameters.map(({ name: parameter, min, max }) => {
      const [value] = numbers(parameter, 1) ?? [];
      if (value === undefined) throw damaged(`${parameter} is missing`);
      if (value < min || value > max) throw damaged(`${parameter} should lie from ${min} to ${max}, not at ${value}`);
      return [parameter, value];
    }),
  );
  const [x, y, z] = numbers('camera', 3) ?? [(50 * Math.PI) / 180, 0, 0];
  const color = numbers('color', 3) ?? [0.4, 0.4, 0.4];
  if (color.some((value) => value < 0 || value > 1)) throw damaged('color should be three numbers from 0 to 1');
  const light = lightOf(numbers(lightWord, 4));
  const pattern = patternOf(words.get(patternWord));
  const orbit = numbers('orbit', 3);
  const sample = sampleOf(words.get('sample'), models);
  return {
    model: model.name,
    parameters,
    locks: [...new Set((words.get('locked') ?? '').split(','))].filter((word) => Object.hasOwn(parameters, word)),
    cameraAngles: { x: x!, y: y!, z: z! },
    baseColor: color as unknown as Vector3,
    ...(light && { light }),
    ...(pattern && { pattern }),
    ...(sample && { sample }),
    ...(orbit && { orbit: { azimuth: orbit[0]!, polar: orbit[1]!, distance: orbit[2]! } }),
  };
}

/** What a scene's light can be. */
function lightOf(numbers: readonly number[] | undefined): DrawnLight | undefined {
  if (!numbers) return undefined;
  const [tilt, azimuth, strength, ambient] = numbers as [number, number, number, number];
  // A right angle in the seven digits of a link is a little more than one.
  const possible = tilt >= 0 && tilt < 1.571 && strength >= 0 && strength <= 100 && ambient >= 0 && ambient <= 10;
  if (possible) return { tilt: Math.min(tilt, Math.PI / 2), azimuth, strength, ambient };
  throw damaged(
    'light should be the sun’s tilt, from 0 to 1.5708, its direction, its strength, from 0 to 100, and the light from all around, from 0 to 10',
  );
}

function patternOf(word: string | null): PatternName | undefined {
  if (word === null) return undefined;
  const name = patternNames.find((one) => one === word);
  if (name) return name;
  throw damaged(`pattern should be one of ${patternNames.join(', ')}, not “${word}”`);
}

function sampleOf(word: string | null, models: ReadonlyMap<string, ViewerModel>): LinkState['sample'] {
  if (word === null) return undefined;
  const [scene = '', number = ''] = word.split(',');
  const name = sampleScenes.find((one) => one === scene && models.has(one));
  const seed = Number(number);
  if (name && Number.isSafeInteger(seed) && seed >= 0) return { scene: name, seed };
  throw damaged(`sample should be a scene and a whole number, not “${word}”`);
}

function damaged(why: string): ViewerError {
  return new ViewerError(`The link is damaged: ${why}. The page was opened without it; ask for the link again.`);
}
