import { parameterVector } from './parameter-vector.js';
import type { ParameterRecord, ParametricSurface, WritableVector } from './parametric-surface.js';

/**
 * Parameters scaled to [0, 1] by (value − min) / (max − min), in the surface's order: the study's training targets.
 * Values outside the range map outside [0, 1]; nothing is clipped.
 *
 * @param out receives the result, one number per parameter; a new Float32Array when left out
 * @returns `out`
 * @throws if a parameter is missing or not a finite number, or `out` has another length
 */
export function normalizeParameters<T extends WritableVector = Float32Array>(
  surface: ParametricSurface,
  values: ParameterRecord | ArrayLike<number>,
  out: T = new Float32Array(surface.parameters.length) as unknown as T,
): T {
  const vector = parameterVector(surface, values);
  if (out.length !== vector.length) {
    throw new Error(
      `normalizeParameters: wrong length of out for surface "${surface.name}"; expected ${vector.length}, got ${out.length}`,
    );
  }
  surface.parameters.forEach(({ min, max }, index) => {
    (out as WritableVector)[index] = (vector[index] - min) / (max - min);
  });
  return out;
}

/**
 * The inverse of {@link normalizeParameters}: from [0, 1] back to the parameters' units.
 *
 * @throws if there are more or fewer numbers than parameters
 */
export function denormalizeParameters(
  surface: ParametricSurface,
  normalized: ArrayLike<number>,
): Record<string, number> {
  if (normalized.length !== surface.parameters.length) {
    throw new Error(
      `denormalizeParameters: wrong number of values for surface "${surface.name}"; expected ${surface.parameters.length}, got ${normalized.length}`,
    );
  }
  return Object.fromEntries(
    surface.parameters.map(({ name, min, max }, index) => [name, min + normalized[index] * (max - min)]),
  );
}
