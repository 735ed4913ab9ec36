/** Pairs of a command and what it does as lines whose second column begins at one place. */
export function alignColumns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `${first.padEnd(width)}    ${second}`);
}
