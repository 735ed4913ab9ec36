import type { ParametricSurface } from './parametric-surface.js';

interface Steps {
  readonly uSteps: number;
  readonly vSteps: number;
}

/** A mesh of so many vertices takes 2.4 GB. */
const mostVertices = 2 ** 26;

/** @throws if a number of steps is not a positive integer, or the grid is too large for memory */
export function checkSteps(caller: string, surface: ParametricSurface, steps: Steps): void {
  for (const name of ['uSteps', 'vSteps'] as const) {
    const value = steps[name];
    if (!Number.isInteger(value) || value < 1) {
      throw new Error(`${caller}: ${name} must be a positive integer, got ${value}`);
    }
  }
  const count = gridVertexCount(surface, steps);
  if (count > mostVertices) {
    throw new Error(
      `${caller}: too many vertices; expected at most ${mostVertices}, got ${count} with uSteps = ${steps.uSteps} and vSteps = ${steps.vSteps}; take fewer steps`,
    );
  }
}

/** Number of vertices of a surface's grid. */
export function gridVertexCount({ parts = 1 }: ParametricSurface, { uSteps, vSteps }: Steps): number {
  return parts * (uSteps + 1) * (vSteps + 1);
}

/**
 * Calls `visit(u, v, vertex)` for each vertex of a surface's grid, in `tessellate`'s order. Where several vertices are one point (a
 * seam, a pole) they all get the first one's u and v.
 */
export function forEachGridVertex(
  surface: ParametricSurface,
  parameters: ArrayLike<number>,
  { uSteps, vSteps }: Steps,
  visit: (u: number, v: number, vertex: number) => void,
): void {
  const { parts = 1, closedU, closedV, poleVMin, poleVMax } = surface;
  const { uMin, uMax, vMin, vMax } = surface.domain(parameters);
  const width = (uMax - uMin) / parts;
  let vertex = 0;
  for (let part = 0; part < parts; part++) {
    const start = uMin + part * width;
    for (let i = 0; i <= uSteps; i++) {
      const u = start + ((closedU ? i % uSteps : i) * width) / uSteps;
      for (let j = 0; j <= vSteps; j++) {
        const v = vMin + ((closedV ? j % vSteps : j) * (vMax - vMin)) / vSteps;
        const pole = (j === 0 && poleVMin) || (j === vSteps && poleVMax);
        visit(pole ? start : u, v, vertex++);
      }
    }
  }
}
