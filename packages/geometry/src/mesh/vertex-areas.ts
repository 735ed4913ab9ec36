import { checkMesh } from './checked-mesh.js';
import type { Mesh } from './mesh.js';

/**
 * The area that belongs to each vertex: a third of each of its triangles, nothing for a vertex that no triangle uses. Weights that turn a mean over vertices into one over the
 * surface.
 *
 * @returns square units, one number a vertex; their sum is the mesh's area
 * @throws if the mesh is not sound
 */
export function vertexAreas(mesh: Mesh): Float64Array {
  checkMesh(mesh, 'vertexAreas');
  const { positions: p, indices } = mesh;
  const areas = new Float64Array(p.length / 3);
  for (let k = 0; k < indices.length; k += 3) {
    const [a, b, c] = [3 * indices[k], 3 * indices[k + 1], 3 * indices[k + 2]];
    const [abX, abY, abZ] = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]];
    const [acX, acY, acZ] = [p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]];
    const x = abY * acZ - abZ * acY;
    const y = abZ * acX - abX * acZ;
    const z = abX * acY - abY * acX;
    const third = Math.sqrt(x * x + y * y + z * z) / 6;
    for (let corner = 0; corner < 3; corner++) areas[indices[k + corner]] += third;
  }
  return areas;
}
