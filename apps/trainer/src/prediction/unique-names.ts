/**
 * Names of which no two are one file, on any file system: a second one gets a number. Some tell no capitals from small letters, and some
 * write é in another way than it was given.
 */
export function uniqueNames(names: readonly string[]): string[] {
  const key = (name: string) => name.normalize('NFC').toLowerCase();
  const given = new Set(names.map(key));
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    // A number must not take the name of an image that is still to come.
    for (let i = 2; taken.has(key(unique)) || (unique !== name && given.has(key(unique))); i++) unique = `${name}-${i}`;
    taken.add(key(unique));
    return unique;
  });
}
