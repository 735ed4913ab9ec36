/** A cubic polynomial on [0, 1] by its Bézier (Bernstein) coefficients. */
export type CubicBezier = readonly [number, number, number, number];

export function cubicBezier([a, b, c, d]: CubicBezier, t: number): number {
  const s = 1 - t;
  return s * s * (s * a + 3 * t * b) + t * t * (3 * s * c + t * d);
}

export function cubicBezierSlope([a, b, c, d]: CubicBezier, t: number): number {
  const s = 1 - t;
  return 3 * (s * s * (b - a) + 2 * s * t * (c - b) + t * t * (d - c));
}

/** Least and greatest value on [0, 1]: at the ends or where the slope, a quadratic, is zero. */
export function cubicBezierRange(curve: CubicBezier): [min: number, max: number] {
  const [a, b, c, d] = curve;
  const quadratic = d - 3 * c + 3 * b - a;
  const half = c - 2 * b + a;
  const constant = b - a;
  const root = Math.sqrt(half * half - quadratic * constant);
  // The stable form of both roots of quadratic · t² + 2 · half · t + constant; NaN and Infinity are dropped below.
  const sum = -(half + (half < 0 ? -root : root));
  const values = [a, d];
  for (const t of [sum / quadratic, constant / sum]) if (t > 0 && t < 1) values.push(cubicBezier(curve, t));
  return [Math.min(...values), Math.max(...values)];
}
