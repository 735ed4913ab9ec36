import { combinationValue, type ImageLimits, storedLimits } from '@kanrecon/identifiability';
import type { Scene } from '@kanrecon/scene';
import * as v from 'valibot';

const finite = v.pipe(v.number(), v.finite());
const names = v.array(v.string());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const scores = { r2: finite, mae: finite, mse: finite, rmse: finite };
const part = v.looseObject({ parameter: v.string(), index: count, weight: finite });
const term = v.looseObject({
  kind: v.picklist(['shift', 'factor']),
  offset: finite,
  power: finite,
  parts: v.array(part),
});
const law = v.looseObject({ kind: v.picklist(['shift', 'factor']), parameter: v.string(), index: count });

/** As far as it is read here: what else there is stays. */
const schema = v.looseObject({
  invisible: names,
  invariances: v.array(v.looseObject({ terms: v.array(law) })),
  combinations: v.array(v.looseObject({ name: v.string(), terms: v.array(term) })),
  unexplained: count,
  undecided: count,
  summary: names,
  best: v.nullable(
    v.looseObject({
      ...scores,
      perParameter: v.array(v.looseObject({ name: v.string(), ...scores })),
      bounds: v.optional(names),
    }),
  ),
});

/**
 * What a card says that images of a scene tell, as this version says it.
 *
 * @returns undefined if it says nothing that fits the scene, so that it is measured anew
 */
export function checkedLimits(stored: unknown, { surface: { parameters } }: Scene): ImageLimits | undefined {
  if (!v.is(schema, stored)) return undefined;
  const limits = storedLimits(stored as unknown as ImageLimits);
  const known = parameters.map(({ name }) => name);
  const scored = limits.best?.perParameter.map(({ name }) => name) ?? known;
  const terms = limits.combinations.flatMap((combination) => combination.terms.flatMap(({ parts }) => parts));
  const laws = limits.invariances.flatMap((invariance) => invariance.terms);
  const fits =
    `${scored}` === `${known}` &&
    limits.invisible.every((name) => known.includes(name)) &&
    [...terms, ...laws].every(({ parameter, index }) => known[index] === parameter);
  const middle = parameters.map(({ min, max }) => (min + max) / 2);
  return fits && limits.combinations.every((each) => Number.isFinite(combinationValue(each, middle)))
    ? limits
    : undefined;
}
