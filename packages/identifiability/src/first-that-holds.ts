import type { Invariance } from './invariance.js';
import type { LawSearch } from './law-search.js';

/** A law of one parameter would mean that the parameter itself is invisible; those have been found before. */
export async function firstThatHolds(
  invariances: readonly Invariance[],
  holds: LawSearch['holds'],
): Promise<Invariance | undefined> {
  for (const law of invariances) if (law.terms.length > 1 && (await holds(law))) return law;
  return undefined;
}
