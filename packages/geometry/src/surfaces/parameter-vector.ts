import type { ParameterRecord, ParametricSurface } from './parametric-surface.js';

/**
 * Parameter values as a vector in the surface's order.
 *
 * @param values a record by name (further keys are ignored) or an array that is already in order
 * @throws if `values` is no object, or a parameter is missing or not a finite number
 */
export function parameterVector(surface: ParametricSurface, values: ParameterRecord | ArrayLike<number>): Float64Array {
  const { parameters } = surface;
  if (typeof values !== 'object' || values === null) {
    throw new Error(
      `parameterVector: the parameters of surface "${surface.name}" are ${values === undefined ? 'missing' : 'wrong'}; expected a record or a list of ${names(surface) || 'nothing'}, got ${values}`,
    );
  }
  const ordered = isArrayLike(values);
  if (ordered && values.length !== parameters.length) {
    throw new Error(
      `parameterVector: wrong number of parameters for surface "${surface.name}"; expected ${parameters.length} (${names(surface)}), got ${values.length}`,
    );
  }
  return Float64Array.from(parameters, ({ name }, index) => {
    const value = ordered ? values[index] : values[name];
    if (!Number.isFinite(value)) {
      throw new Error(
        `parameterVector: parameter "${name}" of surface "${surface.name}" must be a finite number, got ${value}; expected the keys ${names(surface)}`,
      );
    }
    return value;
  });
}

/**
 * The inverse of {@link parameterVector}: values by name, in the surface's order.
 *
 * @throws if there are more or fewer numbers than parameters
 */
export function parameterRecord(surface: ParametricSurface, vector: ArrayLike<number>): Record<string, number> {
  if (vector.length !== surface.parameters.length) {
    throw new Error(
      `parameterRecord: wrong number of values for surface "${surface.name}"; expected ${surface.parameters.length} (${names(surface)}), got ${vector.length}`,
    );
  }
  return Object.fromEntries(surface.parameters.map(({ name }, index) => [name, vector[index]]));
}

function isArrayLike(values: ParameterRecord | ArrayLike<number>): values is ArrayLike<number> {
  return Array.isArray(values) || ArrayBuffer.isView(values);
}

function names(surface: ParametricSurface): string {
  return surface.parameters.map(({ name }) => name).join(', ');
}
