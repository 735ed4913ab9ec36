import { type ParametricSurface, surfaceByName, surfaceNames } from '@kanrecon/geometry';
import type { PatternName, Vector3 } from '@kanrecon/render';
import type { DrawnLight } from '@kanrecon/scene';
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
import type { Orbit } from './store.js';

/** What a link to a surface by itself restores. */
export interface SurfaceLink {
  readonly surface: ParametricSurface;
  /** Of a surface of one's own: the text that describes it. */
  readonly formula?: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** Where they were set. */
  readonly baseColor?: Vector3;
  readonly light?: DrawnLight;
  readonly pattern?: PatternName;
  readonly orbit?: Orbit;
}

/** No parameter is named with a dot. */
const [surfaceWord, formulaWord, colorWord, orbitWord] = ['.surface', '.formula', '.color', '.orbit'];
/** More than this is no formula that somebody has typed. */
const longestFormula = 20_000;

/** The part of an address behind #. */
export function formatSurfaceLink(link: SurfaceLink): string {
  const { surface, formula, parameters, baseColor, light, pattern, orbit } = link;
  const words = new URLSearchParams(
    formula === undefined ? { [surfaceWord]: surface.name } : { [formulaWord]: formula },
  );
  for (const { name } of surface.parameters) words.set(name, short(parameters[name]!));
  if (baseColor) words.set(colorWord, list(baseColor));
  if (light) words.set(lightWord, listOfLight(light));
  if (pattern) words.set(patternWord, pattern);
  if (orbit) words.set(orbitWord, list([orbit.azimuth, orbit.polar, orbit.distance]));
  return textOf(words);
}

/**
 * @param hash as an address has it, with or without #
 * @param surfaceOf makes a surface of the text that describes it; it may throw
 * @returns undefined where it is no link to a surface by itself
 * @throws ViewerError naming what is wrong
 */
export async function parseSurfaceLink(
  hash: string,
  surfaceOf: (formula: string) => Promise<ParametricSurface>,
): Promise<SurfaceLink | undefined> {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const [name, formula] = [words.get(surfaceWord), words.get(formulaWord)];
  if (name === null && formula === null) return undefined;
  const surface = formula === null ? named(name!) : await typed(formula, surfaceOf);
  const [baseColor, light] = [colorOf(numbersOf(words, colorWord, 3)), lightOf(numbersOf(words, lightWord, 4))];
  const pattern = patternOf(words.get(patternWord));
  const orbit = numbersOf(words, orbitWord, 3);
  return {
    ...{ surface, parameters: valuesOf(words, surface) },
    ...(formula !== null && { formula }),
    ...(baseColor && { baseColor }),
    ...(light && { light }),
    ...(pattern && { pattern }),
    ...(orbit && { orbit: { azimuth: orbit[0]!, polar: orbit[1]!, distance: orbit[2]! } }),
  };
}

function named(name: string): ParametricSurface {
  if (surfaceNames().includes(name)) return surfaceByName(name);
  throw damaged(`it names the surface “${name}”; there are ${surfaceNames().join(', ')}`);
}

async function typed(
  formula: string,
  surfaceOf: (formula: string) => Promise<ParametricSurface>,
): Promise<ParametricSurface> {
  if (formula.length > longestFormula) throw damaged(`its formula has ${formula.length} letters`);
  try {
    return await surfaceOf(formula);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw damaged(`its formula cannot be drawn: ${why.replace(/\.$/, '')}`);
  }
}
