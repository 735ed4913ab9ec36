import type { PretrainedName } from '@kanrecon/pretrained';
import type { CameraAngles, PatternName, Vector3 } from '@kanrecon/render';
import { cameraAngleNames, type DrawnLight } from '@kanrecon/scene';
import {
  colorOf,
  damaged,
  lightOf,
  lightWord,
  list,
  listOfLight,
  numbersOf,
  patternOf,
  patternWord,
  short,
  textOf,
  valuesOf,
} from './link-words.js';
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

/** What samples are drawn of: scenes that there is a shipped model for, whose name no model of one's own has. */
const sampleScenes = ['study', 'observable', 'fluted', 'robust'] as const satisfies readonly PretrainedName[];

/** The part of an address behind #: words and numbers that people can read. */
export function formatLink(link: LinkState): string {
  const { model, parameters, locks, cameraAngles, baseColor, light, pattern, sample, orbit } = link;
  const words = new URLSearchParams({ model });
  for (const [name, value] of Object.entries(parameters)) words.set(name, short(value));
  if (locks.length > 0) words.set('locked', locks.join(','));
  words.set('camera', list(cameraAngleNames.map((name) => cameraAngles[name])));
  words.set('color', list(baseColor));
  if (light) words.set(lightWord, listOfLight(light));
  if (pattern) words.set(patternWord, pattern);
  if (sample) words.set('sample', `${sample.scene},${sample.seed}`);
  if (orbit) words.set('orbit', list([orbit.azimuth, orbit.polar, orbit.distance]));
  return textOf(words);
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
  const numbers = (key: string, count: number) => numbersOf(words, key, count);
  const parameters = valuesOf(words, model.scene.surface);
  const [x, y, z] = numbers('camera', 3) ?? [(50 * Math.PI) / 180, 0, 0];
  const color = colorOf(numbers('color', 3)) ?? [0.4, 0.4, 0.4];
  const light = lightOf(numbers(lightWord, 4));
  const pattern = patternOf(words.get(patternWord));
  const orbit = numbers('orbit', 3);
  const sample = sampleOf(words.get('sample'), models);
  return {
    model: model.name,
    parameters,
    locks: [...new Set((words.get('locked') ?? '').split(','))].filter((word) => Object.hasOwn(parameters, word)),
    cameraAngles: { x: x!, y: y!, z: z! },
    baseColor: color,
    ...(light && { light }),
    ...(pattern && { pattern }),
    ...(sample && { sample }),
    ...(orbit && { orbit: { azimuth: orbit[0]!, polar: orbit[1]!, distance: orbit[2]! } }),
  };
}

function sampleOf(word: string | null, models: ReadonlyMap<string, ViewerModel>): LinkState['sample'] {
  if (word === null) return undefined;
  const [scene = '', number = ''] = word.split(',');
  const name = sampleScenes.find((one) => one === scene && models.has(one));
  const seed = Number(number);
  if (name && Number.isSafeInteger(seed) && seed >= 0) return { scene: name, seed };
  throw damaged(`sample should be a scene and a whole number, not “${word}”`);
}
