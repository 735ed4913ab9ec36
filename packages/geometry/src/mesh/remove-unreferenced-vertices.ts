import type { Mesh } from './mesh.js';
import { usedMesh } from './used-mesh.js';

/**
 * A mesh without the vertices that no triangle uses. All functions of this package take a mesh for its triangles, so their results stay the
 * same; whatever looks at positions alone (a box, a viewer's camera) changes.
 *
 * @returns the mesh (the same arrays if there is nothing to remove), and of each of its vertices the number that it had
 * @throws if it has no triangle, an index has no vertex, or a coordinate that is used is not finite
 */
export function removeUnreferencedVertices(mesh: Mesh): { mesh: Mesh; vertices: Uint32Array } {
  const { positions, indices, vertices } = usedMesh(mesh, 'removeUnreferencedVertices');
  return {
    mesh: { positions, indices },
    vertices: vertices ?? Uint32Array.from({ length: positions.length / 3 }, (_, vertex) => vertex),
  };
}
