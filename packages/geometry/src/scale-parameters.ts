import { parameterVector } from './parameter-vector.js';
import type { ParameterRecord, ParametricSurface, WritableVector } from './parametric-surface.js';

/**
 * Parameters scaled to [0, 1] by (value − min) / (max − min), in the surface's order: the study's training targets.
 * Values outside the range map outside [0, 1]; nothing is clipped.
 *
 * @param out receives the result; a new Float32Array when left out
 */
export function normalizeParameters(
  surface: ParametricSurface,
  values: ParameterRecord | ArrayLike<number>,
  out: WritableVector = new Float32Array(surface.parameters.length),
): WritableVector {
  const vector = parameterVector(surface, values);
  surface.parameters.forEach(({ min, max }, index) => {
    out[index] = (vector[index] - min) / (max - min);
  });
  return out;
}

/** The inverse of {@link normalizeParameters}: from [0, 1] back to the parameters' units. */
export function denormalizeParameters(
  surface: ParametricSurface,
  normalized: ArrayLike<number>,
): Record<string, number> {
  return Object.fromEntries(
    surface.parameters.map(({ name, min, max }, index) => [name, min + normalized[index] * (max - min)]),
  );
}
