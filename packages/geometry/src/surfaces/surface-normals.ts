import { checkOptions } from '../check-options.js';
import { checkSteps, forEachGridVertex, gridVertexCount } from './grid-vertices.js';
import { parameterVector } from './parameter-vector.js';
import type { ParameterRecord, ParametricSurface } from './parametric-surface.js';
import { surfaceNormal } from './surface-normal.js';
import { type TessellateOptions, tessellateDefaults } from './tessellate.js';

/**
 * The surface's own unit normals at the vertices of the mesh that `tessellate` makes of the same arguments (see `surfaceNormal`;
 * `vertexNormals` are those of the mesh). All vertices of a seam or pole get the same one.
 *
 * @returns x, y, z of each vertex
 * @throws if a parameter is missing or not finite, or a step count is not a positive integer or far too large
 */
export function surfaceNormals(
  surface: ParametricSurface,
  parameters: ParameterRecord | ArrayLike<number>,
  options: TessellateOptions = {},
): Float32Array {
  checkOptions('surfaceNormals', options, tessellateDefaults);
  const steps = { ...tessellateDefaults, ...options };
  checkSteps('surfaceNormals', surface, steps);
  const vector = parameterVector(surface, parameters);
  const out = new Float32Array(3 * gridVertexCount(surface, steps));
  forEachGridVertex(surface, vector, steps, (u, v, vertex) => {
    surfaceNormal(surface, u, v, vector, out, 3 * vertex);
  });
  return out;
}
