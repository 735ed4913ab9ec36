import { checkMesh } from './checked-mesh.js';
import type { Mesh } from './mesh.js';

/**
 * The area of a mesh's triangles, in square units.
 *
 * @throws if the mesh is not sound: no triangle, a coordinate that is not finite, an index without a vertex
 */
export function meshArea(mesh: Mesh): number {
  checkMesh(mesh, 'meshArea');
  const { positions: p, indices } = mesh;
  let sum = 0;
  for (let k = 0; k < indices.length; k += 3) {
    const [a, b, c] = [3 * indices[k], 3 * indices[k + 1], 3 * indices[k + 2]];
    const [abX, abY, abZ] = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]];
    const [acX, acY, acZ] = [p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]];
    const x = abY * acZ - abZ * acY;
    const y = abZ * acX - abX * acZ;
    const z = abX * acY - abY * acX;
    sum += Math.sqrt(x * x + y * y + z * z);
  }
  return sum / 2;
}
