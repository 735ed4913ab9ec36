import { type BackboneName, backboneNames } from '@kanrecon/backbones';
import * as v from 'valibot';

/** The kinds of regression head: an MLP, and every layer of `@kanrecon/kan-layers` by the name of its function. */
export const headTypes = [
  'mlp',
  'efficientKAN',
  'fourierKAN',
  'fastKAN',
  'fasterKAN',
  'chebyshevKAN',
  'jacobiKAN',
  'legendreKAN',
  'waveletKAN',
  'rationalKAN',
  'classicFourierKAN',
] as const;

/** Name of a backbone. */
export type ReconstructorBackbone = BackboneName;
/** Kind of a regression head. */
export type HeadType = (typeof headTypes)[number];

/** The regression head: from the backbone's pooled features to one number per surface parameter. */
export interface HeadConfig {
  /**
   * `mlp` is the study's CLASSICA (linear, dropout, ReLU), `efficientKAN` its EFFK, `fourierKAN` its FOURIER (KAF, 8 frequencies),
   * `fastKAN` its FSTK. No head normalises its layers' inputs or outputs, as in the study.
   */
  readonly type: HeadType;
  /** Widths of the hidden layers; `[]` is a single layer from the features to the outputs. */
  readonly widths: readonly number[];
  /** Probability in [0, 1) with which a feature is dropped before the first head layer, in training. */
  readonly dropout: number;
  /** The same before each further head layer; `dropout` when left out. */
  readonly hiddenDropout: number;
}

/** Everything that defines a reconstructor, except its weights. */
export interface ReconstructorConfig {
  /** Name of the parametric surface: `spiral-cylinder`. */
  readonly surface: string;
  readonly backbone: ReconstructorBackbone;
  readonly head: HeadConfig;
  /** Height and width of the input in pixels. */
  readonly imageSize: number;
  /** Seed of the weights and of the dropout masks: the same seed gives the same numbers. */
  readonly seed: number;
  /** `false` freezes the backbone (the study's LOCK): it runs in inference mode and only the head is trained. */
  readonly trainBackbone: boolean;
  /** Subtracted from the pixels in [0, 1]; one number for all channels or one each for red, green and blue. */
  readonly mean: number | readonly [number, number, number];
  /** Divides the result. */
  readonly std: number | readonly [number, number, number];
}

/** What is filled in for fields left out; the preprocessing is the study's. */
export const reconstructorDefaults: ReconstructorConfig = {
  surface: 'spiral-cylinder',
  backbone: 'squeezeNet11',
  head: { type: 'fourierKAN', widths: [], dropout: 0, hiddenDropout: 0 },
  imageSize: 224,
  seed: 1,
  trainBackbone: true,
  mean: 0.485,
  std: 0.229,
};

const expected = {
  surface: 'the name of a surface such as "spiral-cylinder"',
  backbone: `one of ${backboneNames.map(quote).join(', ')}`,
  'head.type': `one of ${headTypes.map(quote).join(', ')}`,
  'head.widths': 'an array of whole numbers from 1 to 4096',
  'head.dropout': 'a number in [0, 1)',
  'head.hiddenDropout': 'a number in [0, 1)',
  head: 'an object { type, widths, dropout, hiddenDropout }',
  imageSize: 'a whole number of pixels from 32 to 1024',
  seed: 'a whole number from 0 to 4294967295',
  trainBackbone: 'true or false',
  mean: 'a finite number, or three of them for red, green, blue',
  std: 'a positive number, or three of them for red, green, blue',
} as const;

const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));
const probability = v.pipe(v.number(), v.minValue(0), v.ltValue(1));
const integer = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

/**
 * The shape of a configuration as a valibot schema. Every field may be left out; see {@link parseReconstructorConfig} for
 * filling in the defaults and for readable errors.
 */
export const reconstructorConfigSchema = v.strictObject({
  surface: v.optional(v.pipe(v.string(), v.minLength(1))),
  backbone: v.optional(v.picklist(backboneNames)),
  head: v.optional(
    v.strictObject({
      type: v.optional(v.picklist(headTypes)),
      widths: v.optional(v.array(integer(1, 4096))),
      dropout: v.optional(probability),
      hiddenDropout: v.optional(probability),
    }),
  ),
  imageSize: v.optional(integer(32, 1024)),
  seed: v.optional(integer(0, 0xffffffff)),
  trainBackbone: v.optional(v.boolean()),
  mean: v.optional(v.union([finite, v.strictTuple([finite, finite, finite])])),
  std: v.optional(v.union([positive, v.strictTuple([positive, positive, positive])])),
});

/** A configuration with fields left out. */
export type PartialReconstructorConfig = Partial<Omit<ReconstructorConfig, 'head'>> & {
  readonly head?: Partial<HeadConfig>;
};

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
  return {
    ...reconstructorDefaults,
    ...withoutUndefined(given),
    head: { ...reconstructorDefaults.head, hiddenDropout: dropout, ...withoutUndefined(given.head ?? {}) },
  };
}

function sentence(issue: v.BaseIssue<unknown>, config: object): string {
  const keys = (issue.path ?? []).map(({ key }) => String(key));
  // An element of widths, mean or std is reported as a fault of the whole array.
  while (keys.length > 0 && !(keys.join('.') in expected)) {
    const parent = keys.slice(0, -1).join('.');
    if (parent === '' || parent === 'head') {
      const valid = parent === '' ? Object.keys(reconstructorDefaults) : Object.keys(reconstructorDefaults.head);
      return `unknown field "${keys.join('.')}"; expected ${valid.join(', ')}.`;
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
