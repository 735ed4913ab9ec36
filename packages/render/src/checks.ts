import { checkBytes } from './image/check-bytes.js';

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

/** Throws unless `out`, where it is given, takes an image's bytes: those of `size` × `size` pixels. */
export function checkImageOut(caller: string, out: Uint8Array | undefined, size: number): void {
  if (out === undefined) return;
  checkBytes(caller, 'out', out);
  if (out.length !== 3 * size * size) {
    throw new Error(`${caller}: out has the wrong length; expected 3 · size² = ${3 * size * size}, got ${out.length}`);
  }
}
