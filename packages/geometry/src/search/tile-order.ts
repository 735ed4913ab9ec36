/** Things in an order in which neighbours are near each other, cut into leaves for a `BoxTree`. */
export interface LeafOrder {
  /** For each place in the order the thing's index. */
  readonly order: Uint32Array;
  /** First place of each leaf, and the number of places at the end. */
  readonly leafStarts: Uint32Array;
  /** Ascending codes of the leaves, whole numbers; see `BoxTree`. */
  readonly codes: Float64Array;
}

/**
 * The cells of a grid, cell i · columns + j in row i and column j, by square tiles, and the tiles along a Z-order curve. No sorting: this
 * is what makes the index of a mesh over a grid cheap.
 *
 * @param tile rows and columns of a tile
 */
export function tileOrder(rows: number, columns: number, tile: number): LeafOrder {
  const [tileRows, tileColumns] = [Math.ceil(rows / tile), Math.ceil(columns / tile)];
  const order = new Uint32Array(rows * columns);
  const leafStarts = new Uint32Array(tileRows * tileColumns + 1);
  // A grid with few columns has codes beyond 32 bits.
  const codes = new Float64Array(tileRows * tileColumns);
  let size = 1;
  while (size < Math.max(tileRows, tileColumns)) size *= 2;
  let place = 0;
  let leaf = 0;
  visit(0, 0, size, 0);
  leafStarts[leaf] = place;
  return { order, leafStarts, codes };

  function visit(row: number, column: number, width: number, code: number): void {
    if (row >= tileRows || column >= tileColumns) return;
    if (width > 1) {
      const half = width / 2;
      visit(row, column, half, 4 * code);
      visit(row, column + half, half, 4 * code + 1);
      visit(row + half, column, half, 4 * code + 2);
      visit(row + half, column + half, half, 4 * code + 3);
      return;
    }
    leafStarts[leaf] = place;
    codes[leaf++] = code;
    const [endRow, endColumn] = [Math.min(rows, tile * (row + 1)), Math.min(columns, tile * (column + 1))];
    for (let i = tile * row; i < endRow; i++) {
      for (let j = tile * column; j < endColumn; j++) order[place++] = i * columns + j;
    }
  }
}

/** An order that is there already, cut into leaves of equal size. */
export function evenLeaves(order: Uint32Array, leafSize: number): LeafOrder {
  const leaves = Math.ceil(order.length / leafSize);
  const leafStarts = Uint32Array.from({ length: leaves + 1 }, (_, leaf) => Math.min(order.length, leaf * leafSize));
  return { order, leafStarts, codes: Float64Array.from({ length: leaves }, (_, leaf) => leaf) };
}
