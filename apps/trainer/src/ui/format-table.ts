/** Rows of cells as aligned text: numbers, bounds (≤ 1) and marks for none (–, ?, never) to the right, words to the left, a rule under the header. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = header.map((name, i) => {
    const cells = rows.map((row) => row[i] ?? '');
    const width = Math.max(name.length, ...cells.map((cell) => cell.length));
    return { width, numeric: cells.every((cell) => /^(never|[-+−–\d.,%≤≥?\s]*)$/.test(cell)) };
  });
  const line = (cells: readonly string[]) =>
    columns
      .map(({ width, numeric }, i) => (numeric ? (cells[i] ?? '').padStart(width) : (cells[i] ?? '').padEnd(width)))
      .join('  ')
      .trimEnd();
  const rule = columns.map(({ width }) => '─'.repeat(width)).join('  ');
  return [line(header), rule, ...rows.map(line)].join('\n');
}
