/**
 * Reduced row echelon form with full pivoting: of all bases of a space, one in which each vector has a 1 where all others have 0. A
 * basis of invariances becomes sparse that way, and a parameter's share in a law a number that can be read.
 *
 * @param rows linearly independent; not changed
 * @param allowed which columns may be pivots; all when left out
 * @returns as many rows, and the column of each row's 1
 */
export function reduceRows(
  rows: readonly ArrayLike<number>[],
  allowed: (column: number) => boolean = () => true,
): { rows: Float64Array[]; pivots: number[] } {
  const reduced = rows.map((row) => Float64Array.from(row));
  const pivots: number[] = [];
  for (let step = 0; step < reduced.length; step++) {
    let [best, row, column] = [0, step, -1];
    for (let r = step; r < reduced.length; r++) {
      for (let c = 0; c < reduced[r].length; c++) {
        // A clear lead is needed to pass over an earlier column, so that equal ones are taken in order.
        if (!pivots.includes(c) && allowed(c) && Math.abs(reduced[r][c]) > 1.2 * best) {
          [best, row, column] = [Math.abs(reduced[r][c]), r, c];
        }
      }
    }
    if (best < 1e-12) throw new Error('reduceRows: the rows are not independent; expected a basis');
    [reduced[step], reduced[row]] = [reduced[row], reduced[step]];
    const scale = reduced[step][column];
    for (let c = 0; c < reduced[step].length; c++) reduced[step][c] /= scale;
    for (let r = 0; r < reduced.length; r++) {
      const times = reduced[r][column];
      if (r === step || times === 0) continue;
      for (let c = 0; c < reduced[r].length; c++) reduced[r][c] -= times * reduced[step][c];
    }
    pivots.push(column);
  }
  return { rows: reduced, pivots };
}
