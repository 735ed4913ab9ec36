/** Throws unless `value` is three finite numbers within [min, max]. */
export function checkTriple(
  caller: string,
  name: string,
  value: ArrayLike<number>,
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
): void {
  const good =
    value?.length === 3 && Array.from(value).every((entry) => Number.isFinite(entry) && entry >= min && entry <= max);
  if (!good) {
    const range = Number.isFinite(min) ? ` in [${min}, ${max}]` : '';
    throw new Error(
      `${caller}: ${name} must be three finite numbers${range}, got ${value?.length === undefined ? String(value) : `[${Array.from(value).join(', ')}]`}`,
    );
  }
}

/** Throws unless `value` is an integer within [min, max]. */
export function checkInteger(caller: string, name: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(`${caller}: ${name} must be an integer from ${min} to ${max}, got ${value}`);
  }
}
