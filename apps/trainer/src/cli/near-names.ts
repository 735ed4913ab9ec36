import { suggestName } from './suggest-name.js';

/** Names of flags or commands that are spelled alike, or that `name` is a word of: at most three. */
export function nearNames(name: string, candidates: readonly string[]): string[] {
  // One letter is near to everything.
  if (name.length < 2) return [];
  const alike = suggestName(name, candidates);
  const longer = name.length < 3 ? [] : candidates.filter((candidate) => candidate.split(/[- ]/).includes(name));
  return [...new Set([...(alike === undefined ? [] : [alike]), ...longer])].slice(0, 3);
}
