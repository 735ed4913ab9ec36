import { splits } from '../sample.js';

type Fields = Readonly<Record<string, unknown>>;

interface Field {
  readonly name: string;
  /** Completes "must be". */
  readonly expected: string;
  readonly optional?: boolean;
  readonly fits: (value: unknown, manifest: Fields) => boolean;
}

const isText = (value: unknown) => typeof value === 'string';
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isPositive = (value: unknown) => isCount(value) && value > 0;

/** What `synthesis.json` must hold; the scene's parts are looked into when they are used. */
const fields: readonly Field[] = [
  {
    name: 'scene',
    expected:
      'an object with the name of a scene, and a surface (a name or formulas) and changes (an object) where it has them',
    fits: (value) =>
      isObject(value) &&
      isText(value['name']) &&
      (value['surface'] === undefined || isText(value['surface']) || isObject(value['surface'])) &&
      (value['changes'] === undefined || isObject(value['changes'])),
  },
  { name: 'seed', expected: 'a whole number', fits: Number.isSafeInteger },
  { name: 'shapes', expected: 'a positive whole number', fits: isPositive },
  { name: 'viewsPerShape', expected: 'a positive whole number', fits: isPositive },
  { name: 'imageSize', expected: 'a positive whole number', fits: isPositive },
  {
    name: 'split',
    expected: 'numbers of shapes for train, val and test that add up to "shapes"',
    fits: (value, { shapes }) =>
      isObject(value) &&
      splits.every((split) => isCount(value[split])) &&
      splits.reduce((sum, split) => sum + (value[split] as number), 0) === shapes,
  },
  {
    name: 'renderer',
    expected: 'an object with name, version, engine and samples',
    optional: true,
    fits: (value) => isObject(value) && [value['name'], value['version'], value['engine']].every(isText),
  },
  {
    name: 'versions',
    expected: 'the versions of packages by their names',
    fits: (value) => isObject(value) && Object.values(value).every(isText),
  },
  { name: 'complete', expected: 'true or false', fits: (value) => typeof value === 'boolean' },
];

/** The first field of a `synthesis.json` that is missing or wrong, in words; `undefined` if all are right. */
export function explainWrongField(manifest: object): string | undefined {
  const given = manifest as Fields;
  for (const { name, expected, optional, fits } of fields) {
    const value = given[name];
    if (value === undefined ? optional : fits(value, given)) continue;
    if (value === undefined) return `"${name}" is missing; it must be ${expected}`;
    const shown = JSON.stringify(value);
    return `"${name}" must be ${expected}, got ${shown.length > 80 ? `${shown.slice(0, 79)}…` : shown}`;
  }
  return undefined;
}
