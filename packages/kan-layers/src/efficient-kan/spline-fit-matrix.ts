/**
 * The pseudo-inverse of the B-splines' values at the inner knots of a uniform grid: it takes gridSize + 1 values to the
 * gridSize + order coefficients of least norm whose spline has those values (for order 0, where there are more values than
 * coefficients: of least squares). The grid's place and step do not matter.
 *
 * @returns row-major [gridSize + order, gridSize + 1]
 */
export function splineFitMatrix(gridSize: number, order: number): Float32Array {
  const points = gridSize + 1;
  const count = gridSize + order;
  const values = Array.from({ length: points }, (_, p) =>
    Array.from({ length: count }, (_, j) => cardinalSpline(p + order - j, order)),
  );
  const result = new Float32Array(count * points);
  if (points <= count) {
    // Aᵀ(AAᵀ)⁻¹
    const gram = values.map((a) => values.map((b) => dot(a, b)));
    const inverse = invert(gram);
    for (let j = 0; j < count; j++) {
      const column = values.map((row) => row[j]!);
      for (let p = 0; p < points; p++) result[j * points + p] = dot(column, inverse[p]!);
    }
  } else {
    // (AᵀA)⁻¹Aᵀ
    const columns = Array.from({ length: count }, (_, j) => values.map((row) => row[j]!));
    const inverse = invert(columns.map((a) => columns.map((b) => dot(a, b))));
    for (let j = 0; j < count; j++) {
      for (let p = 0; p < points; p++) result[j * points + p] = dot(inverse[j]!, values[p]!);
    }
  }
  return result;
}

/** The spline on knots 0, 1, …, order + 1 at u. */
function cardinalSpline(u: number, order: number): number {
  if (order === 0) return u >= 0 && u < 1 ? 1 : 0;
  return (u * cardinalSpline(u, order - 1) + (order + 1 - u) * cardinalSpline(u - 1, order - 1)) / order;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, i) => total + value * b[i]!, 0);
}

/** Gauss-Jordan without pivoting, for a symmetric positive definite matrix. */
function invert(matrix: readonly number[][]): number[][] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < n; i++) {
    const pivot = rows[i]!;
    const scale = 1 / pivot[i]!;
    for (let k = 0; k < 2 * n; k++) pivot[k]! *= scale;
    for (let r = 0; r < n; r++) {
      const row = rows[r]!;
      const factor = row[i]!;
      if (r === i || factor === 0) continue;
      for (let k = 0; k < 2 * n; k++) row[k]! -= factor * pivot[k]!;
    }
  }
  return rows.map((row) => row.slice(n));
}
