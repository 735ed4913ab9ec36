import type { InvisibleLaw } from './invisible-law.js';
import type { LawSearch } from './law-search.js';

/** A law of one parameter would mean that the parameter itself is invisible; those have been found before. */
export async function firstThatHolds(
  laws: readonly InvisibleLaw[],
  holds: LawSearch['holds'],
): Promise<InvisibleLaw | undefined> {
  for (const law of laws) if (law.terms.length > 1 && (await holds(law))) return law;
  return undefined;
}
