import type { SurfaceParameter } from './parametric-surface.js';

/** A row of a parameter table. */
export function surfaceParameter(
  name: string,
  min: number,
  max: number,
  unit: string,
  label: string,
  description: string,
): SurfaceParameter {
  return { name, min, max, unit, label, description };
}
