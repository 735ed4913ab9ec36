import type { ParametricSurface } from '@kanrecon/geometry';

/** A shape's parameters, moved to the nearest end of their range where they lie outside. @param values by name, in units */
export function insideRanges(
  { parameters }: Pick<ParametricSurface, 'parameters'>,
  values: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    parameters.map(({ name, min, max }) => [name, Math.min(max, Math.max(min, values[name]!))]),
  );
}
