/** Greatest integer that a vector is snapped to. */
const largestInteger = 6;
/**
 * The vector of small integers that a vector is a multiple of, nearly: (0.99, 0.51, −0.02) gives (2, 1, 0).
 *
 * @param tolerance how far a number may be from the integer it is taken for
 * @returns without a common divisor, the first non-zero one positive; `undefined` if there is none
 */
export function snapVector(vector: ArrayLike<number>, tolerance = 0.08): number[] | undefined {
  const values = Array.from(vector);
  const largest = Math.max(...values.map(Math.abs));
  if (!(largest > 0)) return undefined;
  for (let scale = 1; scale <= largestInteger; scale++) {
    const scaled = values.map((value) => (value / largest) * scale);
    const snapped = scaled.map((value) => Math.round(value) + 0);
    if (scaled.every((value, i) => Math.abs(value - snapped[i]) <= tolerance)) return withFirstPositive(snapped);
  }
  return undefined;
}

function withFirstPositive(vector: readonly number[]): number[] {
  const sign = Math.sign(vector.find((value) => value !== 0) ?? 1);
  return vector.map((value) => value * sign + 0);
}
