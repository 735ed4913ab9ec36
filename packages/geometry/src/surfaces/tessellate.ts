import { checkOptions } from '../check-options.js';
import type { Mesh } from '../mesh/mesh.js';
import { checkSteps, forEachGridVertex, gridVertexCount } from './grid-vertices.js';
import { parameterVector } from './parameter-vector.js';
import type { ParameterRecord, ParametricSurface } from './parametric-surface.js';
import { surfacePointError } from './surface-error.js';

/** Options of {@link tessellate}. */
export interface TessellateOptions {
  /** Quads along u; along each part of a surface of several parts. */
  readonly uSteps?: number;
  /** Quads along v. */
  readonly vSteps?: number;
}

/** As the study's evaluation meshes. */
export const tessellateDefaults: Required<TessellateOptions> = { uSteps: 200, vSteps: 200 };

/**
 * Samples a surface on a regular (u, v) grid, two triangles a quad.
 *
 * The vertex order is the study's: index i · (vSteps + 1) + j for u index i and v index j, and the seam of a closed surface is
 * there twice, so a 200 × 200 mesh has 201 · 201 = 40,401 vertices. Both copies of a seam vertex have exactly the same
 * coordinates: the curves u = uMax and v = vMax of a closed surface are copied from uMin and vMin. All vertices of a pole have the
 * same coordinates too, and the quads there are single triangles. So the mesh of a closed surface is watertight (`isWatertight`).
 * The parts of a surface of several parts follow each other, each with its own grid.
 *
 * @throws if a parameter is missing or not finite, or a step count is not a positive integer or far too large; SurfaceError if a point is
 *   not finite in single precision
 */
export function tessellate(
  surface: ParametricSurface,
  parameters: ParameterRecord | ArrayLike<number>,
  options: TessellateOptions = {},
): Mesh {
  checkOptions('tessellate', options, tessellateDefaults);
  const steps = { ...tessellateDefaults, ...options };
  checkSteps('tessellate', surface, steps);
  const vector = parameterVector(surface, parameters);
  const positions = new Float32Array(3 * gridVertexCount(surface, steps));
  forEachGridVertex(surface, vector, steps, (u, v, vertex) => {
    surface.position(u, v, vector, positions, 3 * vertex);
  });
  checkFinite(surface, vector, steps, positions);
  return { positions, indices: gridIndices(surface, steps) };
}

/** @throws SurfaceError for the first point that is not finite */
function checkFinite(
  surface: ParametricSurface,
  vector: Float64Array,
  steps: Required<TessellateOptions>,
  positions: Float32Array,
): void {
  // Infinity − Infinity and NaN − NaN are NaN, and stay it. Three sums, as one would wait for itself.
  let [x, y, z] = [0, 0, 0];
  for (let k = 0; k < positions.length; k += 3) {
    x += positions[k] - positions[k];
    y += positions[k + 1] - positions[k + 1];
    z += positions[k + 2] - positions[k + 2];
  }
  if (x + y + z === 0) return;
  forEachGridVertex(surface, vector, steps, (u, v, vertex) => {
    const point = positions.subarray(3 * vertex, 3 * vertex + 3);
    if (!point.every(Number.isFinite)) throw surfacePointError('tessellate', surface, u, v, vector, point);
  });
}

function gridIndices({ parts = 1, poleVMin, poleVMax }: ParametricSurface, steps: Required<TessellateOptions>) {
  const { uSteps, vSteps } = steps;
  const row = vSteps + 1;
  const poles = (poleVMin ? 1 : 0) + (poleVMax ? 1 : 0);
  const indices = new Uint32Array(3 * parts * uSteps * (2 * vSteps - poles));
  let k = 0;
  for (let part = 0; part < parts; part++) {
    for (let i = 0; i < uSteps; i++) {
      for (let j = 0; j < vSteps; j++) {
        const a = (part * (uSteps + 1) + i) * row + j;
        // At a pole one of the quad's two triangles has no area.
        if (!(poleVMin && j === 0)) {
          indices[k++] = a;
          indices[k++] = a + row;
          indices[k++] = a + row + 1;
        }
        if (!(poleVMax && j === vSteps - 1)) {
          indices[k++] = a;
          indices[k++] = a + row + 1;
          indices[k++] = a + 1;
        }
      }
    }
  }
  return indices;
}
