/**
 * Solves (A + diag(damping)) x = b by Cholesky's decomposition, with the rows and columns left out that `held` names.
 *
 * @param matrix symmetric and positive semidefinite, row-major n × n; not changed
 * @param held those of which x stays 0
 * @returns x; undefined where the matrix is not positive definite
 */
export function solveDamped(
  matrix: Float64Array,
  damping: Float64Array,
  right: Float64Array,
  held: readonly boolean[],
): Float64Array | undefined {
  const n = right.length;
  const lower = new Float64Array(n * n);
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (held[i]) {
      lower[i * n + i] = 1;
      continue;
    }
    for (let j = 0; j <= i; j++) {
      if (held[j]) continue;
      let sum = matrix[i * n + j]! + (i === j ? damping[i]! : 0);
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!;
      if (i !== j) lower[i * n + j] = sum / lower[j * n + j]!;
      else if (sum > 0) lower[i * n + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = held[i] ? 0 : right[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * x[k]!;
    x[i] = sum / lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < n; k++) sum -= lower[k * n + i]! * x[k]!;
    x[i] = sum / lower[i * n + i]!;
  }
  return x;
}
