import type { ParametricSurface } from './parametric-surface.js';

/** Whether a surface encloses a volume: no edge is left open. Its mesh is then watertight (see `isWatertight`). */
export function isClosedSurface({ closedU, closedV, poleVMin, poleVMax }: ParametricSurface): boolean {
  return closedU && (closedV || (poleVMin === true && poleVMax === true));
}
