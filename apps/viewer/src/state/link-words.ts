import type { ParametricSurface } from '@kanrecon/geometry';
import { type PatternName, patternNames, type Vector3 } from '@kanrecon/render';
import type { DrawnLight } from '@kanrecon/scene';
import { ViewerError } from '../image/viewer-error.js';

// What links are made of, whatever they restore: words with numbers that people can read.

/** Words that no parameter of a surface of one's own can be named. */
export const lightWord = '.light';
export const patternWord = '.pattern';

export function short(value: number): string {
  return String(Number(value.toPrecision(7)));
}

export function list(values: readonly number[]): string {
  return values.map(short).join(',');
}

export function listOfLight({ tilt, azimuth, strength, ambient }: DrawnLight): string {
  return list([tilt, azimuth, strength, ambient]);
}

export function textOf(words: URLSearchParams): string {
  return words.toString().replaceAll('%2C', ',');
}

/** So many numbers; undefined where the link has no such word. @throws ViewerError */
export function numbersOf(words: URLSearchParams, key: string, count: number): readonly number[] | undefined {
  const word = words.get(key);
  if (word === null) return undefined;
  const values = word.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (values.length === count && values.every(Number.isFinite)) return values;
  throw damaged(`${key} should be ${count === 1 ? 'a number' : `${count} numbers`}, not “${word}”`);
}

/** A value for each of a surface's parameters. @throws ViewerError where one is missing or outside its range */
export function valuesOf(
  words: URLSearchParams,
  { parameters }: Pick<ParametricSurface, 'parameters'>,
): Record<string, number> {
  return Object.fromEntries(
    parameters.map(({ name, min, max }) => {
      const [value] = numbersOf(words, name, 1) ?? [];
      if (value === undefined) throw damaged(`${name} is missing`);
      // The end of a range in the seven digits of a link may lie a little beyond it.
      const slack = 1e-6 * Math.max(Math.abs(min), Math.abs(max));
      if (value < min - slack || value > max + slack)
        throw damaged(`${name} should lie from ${min} to ${max}, not at ${value}`);
      return [name, Math.min(max, Math.max(min, value))];
    }),
  );
}

export function colorOf(numbers: readonly number[] | undefined): Vector3 | undefined {
  if (!numbers) return undefined;
  if (numbers.some((value) => value < 0 || value > 1)) throw damaged('color should be three numbers from 0 to 1');
  return numbers as unknown as Vector3;
}

/** What a scene's light can be. */
export function lightOf(numbers: readonly number[] | undefined): DrawnLight | undefined {
  if (!numbers) return undefined;
  const [tilt, azimuth, strength, ambient] = numbers as [number, number, number, number];
  // A right angle in the seven digits of a link is a little more than one.
  const possible = tilt >= 0 && tilt < 1.571 && strength >= 0 && strength <= 100 && ambient >= 0 && ambient <= 10;
  if (possible) return { tilt: Math.min(tilt, Math.PI / 2), azimuth, strength, ambient };
  throw damaged(
    'light should be the sun’s tilt, from 0 to 1.5708, its direction, its strength, from 0 to 100, and the light from all around, from 0 to 10',
  );
}

export function patternOf(word: string | null): PatternName | undefined {
  if (word === null) return undefined;
  const name = patternNames.find((one) => one === word);
  if (name) return name;
  throw damaged(`pattern should be one of ${patternNames.join(', ')}, not “${word}”`);
}

export function damaged(why: string): ViewerError {
  return new ViewerError(`The link is damaged: ${why}. The page was opened without it; ask for the link again.`);
}
