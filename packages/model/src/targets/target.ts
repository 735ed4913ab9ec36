import { nearestName } from '@kanrecon/image';
import * as v from 'valibot';

const finite = v.pipe(v.number(), v.finite());
const fieldNames = ['name', 'min', 'max', 'unit', 'label', 'description'] as const;

/** The shape of a target as a valibot schema. */
export const targetSchema = v.pipe(
  v.strictObject({
    /** Identifier, also the key in tables and label files: `radius`, `wave_amp`. */
    name: v.pipe(v.string(), v.minLength(1)),
    /** Smallest value of the range that the network learns, in the target's unit: it is 0 for the network. */
    min: finite,
    /** Largest value, 1 for the network. */
    max: finite,
    /** Unit for display. */
    unit: v.optional(v.string()),
    /** A short name for people: `wave amplitude`. */
    label: v.optional(v.string()),
    /** What it is, in a sentence. */
    description: v.optional(v.string()),
  }),
  v.check(({ min, max }) => max > min, 'its max must be above its min'),
  v.check(({ min, max }) => Number.isFinite(max - min), 'its range must be finite'),
);

/**
 * A number that a network predicts. A parametric surface's parameters are such a list (`surface.parameters` of `@kanrecon/geometry`), and
 * so is any table of numbers beside a folder of images.
 */
export type Target = Readonly<v.InferOutput<typeof targetSchema>>;

/** The shape of a list of targets: at least one, no name twice. */
export const targetsSchema = v.pipe(
  v.array(targetSchema),
  v.minLength(1, 'at least one target is needed'),
  v.check((list) => new Set(list.map(({ name }) => name)).size === list.length, 'no name may come twice'),
);

/**
 * Checks a list of targets, from code or from a JSON file.
 *
 * @param caller whose error it is
 * @throws if there is none, a name comes twice, or a range is empty or not finite
 */
export function parseTargets(targets: unknown, caller: string): readonly Target[] {
  const result = v.safeParse(targetsSchema, targets);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = v.getDotPath(issue);
  if (issue.expected === 'never') {
    const name = place?.split('.').at(-1) ?? '';
    const near = nearestName(name, fieldNames);
    const hint = near === undefined ? '' : `did you mean ${near}? `;
    throw new Error(`${caller}: unknown field targets.${place}; ${hint}expected ${fieldNames.join(', ')}`);
  }
  throw new Error(
    `${caller}: ${wrongField(result.issues[0])}; expected a list of { name, min, max } such as a surface's parameters`,
  );
}

/** What a target's fields are, in words. */
const fields: Readonly<Record<string, string>> = {
  name: 'a name',
  min: 'a finite number',
  max: 'a finite number',
  unit: 'a text',
  label: 'a text',
  description: 'a text',
};

function wrongField(issue: v.BaseIssue<unknown>): string {
  const place = ['targets', ...(issue.path ?? []).map(({ key }) => String(key))].join('.');
  // Those of our own checks are words already.
  if (issue.type === 'check' || issue.type === 'min_length') {
    const field = fields[String(issue.path?.at(-1)?.key)];
    return field ? `${place} is wrong; it must be ${field}` : `${place} is wrong: ${issue.message}`;
  }
  const wanted = fields[String(issue.path?.at(-1)?.key)] ?? (issue.path ? 'an object { name, min, max }' : 'a list');
  return `${place} is wrong; it must be ${wanted}, and is ${shown(issue.input)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
