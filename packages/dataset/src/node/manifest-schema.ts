import type { SceneJson } from '@kanrecon/scene';
import * as v from 'valibot';
import { splits } from '../sample.js';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown) => typeof value === 'string';
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const positive = v.pipe(count, v.minValue(1), v.description('a positive whole number'));

/** Its parts are looked into when it is loaded. */
const sceneSchema = v.pipe(
  v.custom<SceneJson>(
    (value) =>
      isObject(value) &&
      isText(value['name']) &&
      (value['surface'] === undefined || isText(value['surface']) || isObject(value['surface'])) &&
      (value['changes'] === undefined || isObject(value['changes'])),
  ),
  v.description(
    'an object with the name of a scene, and a surface (a name or formulas) and changes (an object) where it has them',
  ),
);

const rendererSchema = v.object({
  name: v.literal('blender'),
  /** Of Blender: `3.4.1`. */
  version: v.string(),
  engine: v.literal('cycles'),
  /** Paths a pixel. */
  samples: count,
});

/** The other renderer that a data set was rendered with, and how: so far Blender. */
export interface RendererSettings extends Readonly<v.InferOutput<typeof rendererSchema>> {}

const settings = {
  /** What is drawn. */
  scene: sceneSchema,
  seed: v.pipe(v.number(), v.safeInteger(), v.description('a whole number')),
  shapes: positive,
  viewsPerShape: positive,
  /** Pixels. */
  imageSize: positive,
  /** Shapes of each split. */
  split: v.pipe(
    v.object(v.entriesFromList(splits, count)),
    v.readonly(),
    v.description('numbers of shapes for train, val and test that add up to "shapes"'),
  ),
  /** What rendered it, if not this project's own renderer. */
  renderer: v.optional(v.pipe(rendererSchema, v.description('an object with name, version, engine and samples'))),
  /** Versions of the packages that drew it. */
  versions: v.pipe(
    v.custom<Readonly<Record<string, unknown>>>(isObject),
    v.record(v.string(), v.string()),
    v.readonly(),
    v.description('the versions of packages by their names'),
  ),
};
const settingsSchema = v.object(settings);

/** Everything that a synthesised data set's bytes depend on. */
export interface SynthesisSettings extends Readonly<v.InferOutput<typeof settingsSchema>> {}

const manifestSchema = v.pipe(
  v.object({
    ...settings,
    /** Earlier versions wrote 1 and 2, see `upgradeManifest`. */
    format: v.literal(3),
    /** Whether every image has been written. */
    complete: v.pipe(v.boolean(), v.description('true or false')),
  }),
  v.forward(
    v.check(({ split, shapes }) => splits.reduce((sum, name) => sum + split[name], 0) === shapes),
    ['split'],
  ),
);

/** What `synthesis.json` holds. */
export interface SynthesisManifest extends Readonly<v.InferOutput<typeof manifestSchema>> {}

/** A `synthesis.json` of this version; or the first field that is missing or wrong, in words. */
export function parseManifest(json: unknown): SynthesisManifest | string {
  const result = v.safeParse(manifestSchema, json);
  if (result.success) return result.output;
  const name = result.issues[0].path?.[0].key as keyof SynthesisManifest;
  const value = (json as Partial<SynthesisManifest>)[name];
  const expected = v.getDescription(manifestSchema.entries[name]);
  if (value === undefined) return `"${name}" is missing; it must be ${expected}`;
  const shown = JSON.stringify(value);
  return `"${name}" must be ${expected}, got ${shown.length > 80 ? `${shown.slice(0, 79)}…` : shown}`;
}
