import type { Target } from './target.js';

/**
 * From the network's scale, on which 0 and 1 are the ends of each range, to units.
 *
 * @param normalized one number a target; nothing is clipped
 * @returns value by name
 */
export function denormalizeTargets(targets: readonly Target[], normalized: ArrayLike<number>): Record<string, number> {
  if (normalized.length !== targets.length) {
    throw new Error(
      `denormalizeTargets: wrong number of values; expected ${targets.length}, one a target, got ${normalized.length}`,
    );
  }
  return Object.fromEntries(targets.map(({ name, min, max }, i) => [name, min + normalized[i] * (max - min)]));
}

/**
 * The inverse of {@link denormalizeTargets}.
 *
 * @param values by name, in units
 * @throws if one is missing or not finite
 */
export function normalizeTargets(targets: readonly Target[], values: Readonly<Record<string, number>>): Float32Array {
  return Float32Array.from(targets, ({ name, min, max }) => {
    const value = values[name];
    if (!Number.isFinite(value)) {
      throw new Error(`normalizeTargets: "${name}" is wrong; expected a finite number, got ${value}`);
    }
    return (value - min) / (max - min);
  });
}
