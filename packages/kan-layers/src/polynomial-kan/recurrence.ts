/**
 * Polynomials by their three-term recurrence: P_0 = 1, P_n = (a[n]·t + b[n])·P_{n−1} − c[n]·P_{n−2}. Index 0 is not used, and c[1] is 0.
 */
export interface Recurrence {
  readonly degree: number;
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly c: readonly number[];
}

/** Chebyshev polynomials of the first kind. */
export function chebyshevRecurrence(degree: number): Recurrence {
  const of = (first: number, other: number) => Array.from({ length: degree + 1 }, (_, n) => (n < 2 ? first : other));
  return { degree, a: of(1, 2), b: of(0, 0), c: of(0, 1) };
}

/** Jacobi polynomials P^(alpha, beta) for alpha, beta > −1; alpha = beta = 0 gives Legendre's. (Abramowitz & Stegun 22.7.1) */
export function jacobiRecurrence(degree: number, alpha: number, beta: number): Recurrence {
  const a = [0, (alpha + beta + 2) / 2];
  const b = [0, (alpha - beta) / 2];
  const c = [0, 0];
  const sum = alpha + beta;
  for (let n = 2; n <= degree; n++) {
    const twice = 2 * n + sum;
    const divisor = 2 * n * (n + sum) * (twice - 2);
    a.push((twice * (twice - 1)) / (2 * n * (n + sum)));
    b.push(((twice - 1) * (alpha * alpha - beta * beta)) / divisor);
    c.push((2 * (n + alpha - 1) * (n + beta - 1) * twice) / divisor);
  }
  return { degree, a, b, c };
}

/** The polynomials at t, written to `values` [degree + 1]. */
export function evaluateRecurrence({ degree, a, b, c }: Recurrence, t: number, values: Float64Array): void {
  values[0] = 1;
  for (let n = 1; n <= degree; n++) {
    values[n] = (a[n]! * t + b[n]!) * values[n - 1]! - (n > 1 ? c[n]! * values[n - 2]! : 0);
  }
}

/** The derivatives in terms of the polynomials themselves: P_n' = Σ_j result[n][j]·P_j. */
export function derivativesInSpan({ degree, a, b, c }: Recurrence): number[][] {
  const zero = () => new Array<number>(degree + 1).fill(0);
  // t·P_k = (P_{k+1} − b[k+1]·P_k + c[k+1]·P_{k−1})/a[k+1]
  const timesT = (v: readonly number[]) => {
    const result = zero();
    for (let k = 0; k < degree; k++) {
      const w = v[k]! / a[k + 1]!;
      result[k + 1]! += w;
      result[k]! -= w * b[k + 1]!;
      if (k > 0) result[k - 1]! += w * c[k + 1]!;
    }
    return result;
  };
  const rows = [zero()];
  for (let n = 1; n <= degree; n++) {
    const last = rows[n - 1]!;
    const shifted = timesT(last);
    const row = last.map((v, j) => a[n]! * shifted[j]! + b[n]! * v - (n > 1 ? c[n]! * rows[n - 2]![j]! : 0));
    row[n - 1]! += a[n]!;
    rows.push(row);
  }
  return rows;
}
