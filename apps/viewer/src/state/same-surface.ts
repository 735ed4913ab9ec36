import type { ParametricSurface } from '@kanrecon/geometry';

/** Whether parameters of the two mean the same: of formulas all but the ranges must be equal, as they may have one name for different ones. */
export function sameSurface(a: ParametricSurface, b: ParametricSurface): boolean {
  return a.name === b.name && meaningOf(a) === meaningOf(b);
}

function meaningOf({ definition }: ParametricSurface): string {
  if (!definition) return '';
  const { parameters, description: _, ...formulas } = definition;
  const sorted = Object.entries(formulas).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted, parameters.map(({ name }) => name).sort()]);
}
