import type { Mesh } from './mesh.js';
import { parameterVector } from './parameter-vector.js';
import type { ParameterRecord, ParametricSurface } from './parametric-surface.js';

/** Options of {@link tessellate}. */
export interface TessellateOptions {
  /** Quads along u. */
  readonly uSteps?: number;
  /** Quads along v. */
  readonly vSteps?: number;
}

const defaults: Required<TessellateOptions> = { uSteps: 200, vSteps: 200 };

/**
 * Samples a surface on a regular (u, v) grid, two triangles a quad.
 *
 * The vertex order is the study's: index i · (vSteps + 1) + j for u index i and v index j, and the seam of a closed surface is
 * there twice, so a 200 × 200 mesh has 201 · 201 = 40,401 vertices. Both copies of a seam vertex have exactly the same
 * coordinates: the curves u = uMax and v = vMax of a closed surface are copied from uMin and vMin.
 *
 * @throws if a parameter is missing or not finite, or a step count is not a positive integer
 */
export function tessellate(
  surface: ParametricSurface,
  parameters: ParameterRecord | ArrayLike<number>,
  options: TessellateOptions = {},
): Mesh {
  const { uSteps = defaults.uSteps, vSteps = defaults.vSteps } = options;
  checkSteps('uSteps', uSteps);
  checkSteps('vSteps', vSteps);
  const vector = parameterVector(surface, parameters);
  const { uMin, uMax, vMin, vMax } = surface.domain(vector);
  const row = vSteps + 1;
  const positions = new Float32Array(3 * (uSteps + 1) * row);
  for (let i = 0, offset = 0; i <= uSteps; i++) {
    const u = uMin + ((surface.closedU ? i % uSteps : i) * (uMax - uMin)) / uSteps;
    for (let j = 0; j <= vSteps; j++, offset += 3) {
      const v = vMin + ((surface.closedV ? j % vSteps : j) * (vMax - vMin)) / vSteps;
      surface.position(u, v, vector, positions, offset);
    }
  }
  return { positions, indices: gridIndices(uSteps, vSteps) };
}

function gridIndices(uSteps: number, vSteps: number): Uint32Array {
  const row = vSteps + 1;
  const indices = new Uint32Array(6 * uSteps * vSteps);
  for (let i = 0, k = 0; i < uSteps; i++) {
    for (let j = 0; j < vSteps; j++, k += 6) {
      const a = i * row + j;
      indices[k] = a;
      indices[k + 1] = a + row;
      indices[k + 2] = a + row + 1;
      indices[k + 3] = a;
      indices[k + 4] = a + row + 1;
      indices[k + 5] = a + 1;
    }
  }
  return indices;
}

function checkSteps(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`tessellate: ${name} must be a positive integer, got ${value}`);
  }
}
