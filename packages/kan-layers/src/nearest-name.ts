/** The name that differs least, if it differs in little: in case and separators, or in at most a third of its letters. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const plain = (text: string) => text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  const distances = names.map((other) => editDistance(plain(name), plain(other)));
  const least = Math.min(...distances);
  const at = distances.indexOf(least);
  return least <= Math.max(1, names[at]?.length / 3) ? names[at] : undefined;
}

/** Letters to be put in, left out, changed or swapped with the next (Damerau's distance, each letter touched once). */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, changed);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
