import { backboneNames } from '@kanrecon/backbones';
import { imageFilters, imageFitDefaults, imageFitNames, imagePaddings, nearestName } from '@kanrecon/image';
import * as v from 'valibot';
import { explainStored } from '../explain-stored.js';
import { headTypes, uncertainties } from '../heads/head-names.js';

const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));
const probability = v.pipe(v.number(), v.minValue(0), v.ltValue(1));
const integer = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const byte = integer(0, 255);

/** The regression head: from the backbone's pooled features to its outputs. */
const headSchema = v.strictObject({
  /**
   * `mlp` is the study's CLASSICA (linear, dropout, ReLU), `efficientKAN` its EFFK, `fourierKAN` its FOURIER (KAF, 8 frequencies),
   * `fastKAN` its FSTK. No head normalises its layers' inputs or outputs, as in the study.
   */
  type: v.picklist(headTypes),
  /** Widths of the hidden layers; `[]` is a single layer from the features to the outputs. */
  widths: v.pipe(v.array(integer(1, 4096)), v.maxLength(64)),
  /** Probability in [0, 1) with which a feature is dropped before the first head layer, in training. */
  dropout: probability,
  /** The same before each further head layer; `dropout` when left out. */
  hiddenDropout: probability,
  /**
   * `gaussian`: two outputs a target, its mean and how sure the network is of it, trained by likelihood; `none`: the number alone, trained
   * by squared error. What was stored before there was a choice has none.
   */
  uncertainty: v.optional(v.picklist(uncertainties), 'none'),
});

/** How an image of any size becomes the network's input; see `ImageFit` of `@kanrecon/image`. */
const fitSchema = v.strictObject({
  /** What resizes. */
  filter: v.picklist(imageFilters),
  /** What becomes of an image that is not square. */
  padding: v.picklist(imagePaddings),
  /** With `crop`: what the shorter side becomes before the middle is cut out, at least `imageSize`. */
  shorterSide: v.optional(integer(32, 4096)),
  /** RGB bytes beside it, and behind a transparent one. */
  background: v.strictTuple([byte, byte, byte]),
});

const fields = {
  /** Name of the backbone. */
  backbone: v.picklist(backboneNames),
  /** Height and width of the input in pixels. */
  imageSize: integer(32, 1024),
  /** Seed of the weights and of the dropout masks: the same seed gives the same numbers. */
  seed: integer(0, 0xffffffff),
  /** `false` freezes the backbone (the study's LOCK): it runs in inference mode and only the head is trained. */
  trainBackbone: v.boolean(),
  /** Subtracted from the pixels in [0, 1]; one number for all channels or one each for red, green and blue. */
  mean: v.union([finite, v.strictTuple([finite, finite, finite])]),
  /** Divides the result. */
  std: v.union([positive, v.strictTuple([positive, positive, positive])]),
};

const wholeSchema = v.strictObject({ ...fields, head: headSchema, fit: fitSchema });

/**
 * The shape of a configuration as a valibot schema. Every field may be left out; see {@link parseReconstructorConfig} for
 * filling in the defaults and for readable errors.
 */
export const reconstructorConfigSchema = v.partial(
  v.strictObject({ ...fields, head: v.partial(headSchema), fit: v.partial(fitSchema) }),
);

/** Readonly all the way down. */
type Frozen<T> = T extends readonly unknown[] | object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** Everything that defines a reconstructor, except its targets and its weights. */
export interface ReconstructorConfig extends Frozen<v.InferOutput<typeof wholeSchema>> {}

/** The regression head: from the backbone's pooled features to its outputs. */
export type HeadConfig = ReconstructorConfig['head'];

/** A configuration with fields left out. */
export interface PartialReconstructorConfig extends Frozen<v.InferInput<typeof reconstructorConfigSchema>> {}

/** What is filled in for fields left out; the preprocessing is the study's. */
export const reconstructorDefaults: ReconstructorConfig = {
  backbone: 'squeezeNet11',
  head: { type: 'fourierKAN', widths: [], dropout: 0, hiddenDropout: 0, uncertainty: 'none' },
  imageSize: 224,
  seed: 1,
  trainBackbone: true,
  fit: imageFitDefaults,
  mean: 0.485,
  std: 0.229,
};

const expected = {
  backbone: `one of ${backboneNames.map(quote).join(', ')}`,
  'head.type': `one of ${headTypes.map(quote).join(', ')}`,
  'head.widths': 'an array of at most 64 whole numbers from 1 to 4096',
  'head.dropout': 'a number in [0, 1)',
  'head.hiddenDropout': 'a number in [0, 1)',
  'head.uncertainty': `one of ${uncertainties.map(quote).join(', ')}`,
  head: 'an object { type, widths, dropout, hiddenDropout, uncertainty }',
  'fit.filter': `one of ${imageFilters.map(quote).join(', ')}`,
  'fit.padding': `one of ${imagePaddings.map(quote).join(', ')}`,
  'fit.background': 'three whole numbers from 0 to 255',
  'fit.shorterSide': 'a whole number of pixels from imageSize to 4096, beside the padding "crop"',
  fit: 'an object { filter, padding, background, shorterSide }',
  imageSize: 'a whole number of pixels from 32 to 1024',
  seed: 'a whole number from 0 to 4294967295',
  trainBackbone: 'true or false',
  mean: 'a finite number, or three of them for red, green, blue',
  std: 'a positive number, or three of them for red, green, blue',
} as const;

/**
 * Checks a configuration, from code or from a JSON file, and fills in {@link reconstructorDefaults}.
 *
 * @throws one sentence per wrong field, with the valid values and what was found
 */
export function parseReconstructorConfig(config: unknown = {}): ReconstructorConfig {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new Error(`parseReconstructorConfig: the configuration must be an object, got ${describe(config)}`);
  }
  const result = v.safeParse(reconstructorConfigSchema, config);
  if (!result.success) {
    const sentences = new Set(result.issues.map((issue) => sentence(issue, config)));
    throw new Error(`parseReconstructorConfig: ${[...sentences].join(' ')}`);
  }
  const given = result.output;
  const dropout = given.head?.dropout ?? reconstructorDefaults.head.dropout;
  const parsed = {
    ...reconstructorDefaults,
    ...withoutUndefined(given),
    head: { ...reconstructorDefaults.head, hiddenDropout: dropout, ...withoutUndefined(given.head ?? {}) },
    fit: { ...reconstructorDefaults.fit, ...withoutUndefined(given.fit ?? {}) },
  };
  const { padding, shorterSide } = parsed.fit;
  if (shorterSide !== undefined && (padding !== 'crop' || shorterSide < parsed.imageSize)) {
    const got = `${shorterSide}, with imageSize ${parsed.imageSize} and the padding "${padding}"`;
    throw new Error(
      `parseReconstructorConfig: fit.shorterSide is wrong; expected ${expected['fit.shorterSide']}, got ${got}.`,
    );
  }
  return parsed;
}

/**
 * Checks a configuration that was stored with a network: nothing may be missing, since a default would silently make another network of
 * it.
 *
 * @throws one sentence per wrong field; or naming the first that is missing
 */
export function parseStoredConfig(config: unknown): ReconstructorConfig {
  const parsed = parseReconstructorConfig(config);
  const result = v.safeParse(wholeSchema, config);
  if (!result.success) throw new Error(`parseReconstructorConfig: ${explainStored(result.issues[0], 'config')}`);
  return parsed;
}

function sentence(issue: v.BaseIssue<unknown>, config: object): string {
  const keys = (issue.path ?? []).map(({ key }) => String(key));
  // An element of widths, mean or std is reported as a fault of the whole array.
  while (keys.length > 0 && !(keys.join('.') in expected)) {
    const parent = keys.slice(0, -1).join('.');
    if (parent === '' || parent === 'head' || parent === 'fit') {
      const valid = Object.keys(
        parent === '' ? reconstructorDefaults : parent === 'fit' ? imageFitNames : reconstructorDefaults.head,
      );
      const near = nearestName(keys.at(-1) ?? '', valid);
      const hint = near === undefined ? '' : `did you mean ${near}? `;
      return `unknown field "${keys.join('.')}"; ${hint}expected ${valid.join(', ')}.`;
    }
    keys.pop();
  }
  const field = keys.join('.') as keyof typeof expected;
  const value = keys.reduce<unknown>((object, key) => (object as Record<string, unknown>)?.[key], config);
  return `${field} is wrong; expected ${expected[field]}, got ${describe(value)}.`;
}

function withoutUndefined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}

function quote(text: string): string {
  return `"${text}"`;
}

function describe(value: unknown): string {
  return typeof value === 'number' || value === undefined ? String(value) : (JSON.stringify(value) ?? typeof value);
}
