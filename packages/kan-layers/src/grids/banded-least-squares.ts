/**
 * Least squares whose rows have a few neighbouring numbers other than 0, for many right-hand sides at once: QR by Givens
 * rotations, one row at a time, in double precision. The matrix itself is never kept, and the condition number is not squared,
 * as the normal equations would: with knots close to each other they lose all digits where this still has eight.
 *
 * Rows that come in order of `first` cost about band² rotated numbers each; in another order, more.
 */
export class BandedLeastSquares {
  /** Row p of the triangle: columns p … p + band − 1. */
  private readonly triangle: Float64Array;
  private readonly right: Float64Array;
  private readonly row: Float64Array;
  private readonly rowRight: Float64Array;

  /**
   * @param columns number of unknowns for each right-hand side
   * @param band how many neighbouring numbers a row has
   * @param rightSides number of right-hand sides
   */
  constructor(
    private readonly columns: number,
    private readonly band: number,
    private readonly rightSides: number,
  ) {
    this.triangle = new Float64Array(columns * band);
    this.right = new Float64Array(columns * rightSides);
    this.row = new Float64Array(band);
    this.rowRight = new Float64Array(rightSides);
  }

  /**
   * Adds the equation Σ values[i]·unknown[first + i] = right side, where the right sides are `rightValues` from `rightFirst` on and
   * 0 elsewhere. Its squared error counts `weight`-fold.
   */
  addRow(first: number, values: Float64Array, rightFirst: number, rightValues: Float64Array, weight: number): void {
    const { columns, band, rightSides, row, rowRight } = this;
    const root = Math.sqrt(weight);
    row.fill(0);
    for (let i = 0; i < values.length; i++) row[i] = values[i]! * root;
    rowRight.fill(0);
    for (let i = 0; i < rightValues.length; i++) rowRight[rightFirst + i] = rightValues[i]! * root;
    for (let p = first; p < columns; p++) {
      const at = p * band;
      const below = row[0]!;
      if (below !== 0) {
        const pivot = this.triangle[at]!;
        const length = Math.hypot(pivot, below);
        rotate(this.triangle, at, row, band, pivot / length, below / length);
        rotate(this.right, p * rightSides, rowRight, rightSides, pivot / length, below / length);
      }
      row.copyWithin(0, 1);
      row[band - 1] = 0;
      if (row.every((value) => value === 0)) return;
    }
  }

  /** @returns row-major [columns, rightSides]; an unknown that no row mentions becomes 0 */
  solve(): Float64Array {
    const { columns, band, rightSides, triangle } = this;
    const result = Float64Array.from(this.right);
    for (let p = columns - 1; p >= 0; p--) {
      const pivot = triangle[p * band]!;
      for (let s = 0; s < rightSides; s++) {
        let value = result[p * rightSides + s]!;
        for (let i = 1; i < band && p + i < columns; i++) {
          value -= triangle[p * band + i]! * result[(p + i) * rightSides + s]!;
        }
        result[p * rightSides + s] = pivot === 0 ? 0 : value / pivot;
      }
    }
    return result;
  }
}

/** Turns the pair (a from `at` on, b) so that b[0] becomes 0 when cosine and sine are those of (a[at], b[0]). */
function rotate(a: Float64Array, at: number, b: Float64Array, count: number, cosine: number, sine: number): void {
  for (let i = 0; i < count; i++) {
    const above = a[at + i]!;
    const below = b[i]!;
    a[at + i] = cosine * above + sine * below;
    b[i] = cosine * below - sine * above;
  }
}
