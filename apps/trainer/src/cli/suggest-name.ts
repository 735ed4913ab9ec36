import { closestMatch } from 'leven';

/** The candidate that `name` was probably meant to be (edit distance of at most a third of its length, or 2), or undefined. */
export function suggestName(name: string, candidates: readonly string[]): string | undefined {
  return closestMatch(name.toLowerCase(), candidates, { maxDistance: Math.max(2, Math.floor(name.length / 3)) });
}
