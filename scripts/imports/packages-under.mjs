/**
 * All that a package may import: the packages of its row, and those of their rows.
 *
 * @param {Record<string, string[]>} table see packagesTable
 * @param {string} name
 * @returns {string[]} in the table's order
 * @throws if the table has no such row, or a row names a package that does not stand above it
 */
export function packagesUnder(table, name) {
  const names = Object.keys(table);
  const row = table[name];
  if (!row) throw new Error(`packagesUnder: the table has no row for ${name}; it has ${names.join(', ')}`);
  const above = names.slice(0, names.indexOf(name));
  for (const other of row) {
    if (!above.includes(other)) {
      throw new Error(`packagesUnder: ${name} names ${other}; expected one of the rows above it: ${above.join(', ')}`);
    }
  }
  const under = new Set(row.flatMap((other) => [other, ...packagesUnder(table, other)]));
  return names.filter((other) => under.has(other));
}
