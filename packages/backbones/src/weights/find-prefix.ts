/**
 * What stands before a network's names in a set of names: `backbone.`, `module.`, or nothing.
 *
 * @param expected the network's names
 * @param names those in the set
 * @throws RangeError if there is more than one such network in it
 */
export function findPrefix(expected: readonly string[], names: readonly string[]): string {
  // timm's `bn1.weight` ends many names; what ends no other name of the network tells.
  const telling = expected.filter((name) => !expected.some((other) => other.endsWith(`.${name}`)));
  const counts = new Map<string, number>();
  for (const name of telling) {
    for (const given of names) {
      if (given !== name && !given.endsWith(`.${name}`)) continue;
      const prefix = given.slice(0, given.length - name.length);
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  }
  const found = [...counts].filter(([, count]) => count > telling.length / 2).map(([prefix]) => prefix);
  if (found.length > 1) {
    throw new RangeError(
      `loadWeights: the source holds ${found.length} such networks; expected the option prefix, one of ${found.map((one) => JSON.stringify(one)).join(', ')}`,
    );
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}
