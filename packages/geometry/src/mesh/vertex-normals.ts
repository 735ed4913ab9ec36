import { checkMesh } from './checked-mesh.js';
import { coincidentVertices } from './coincident-vertices.js';
import type { Mesh } from './mesh.js';

/**
 * Smooth unit normals of a mesh: at each vertex the mean of its triangles' normals, weighted by area. Vertices at the same
 * position count as one, so a seam does not show. A vertex without triangles there, or whose
 * triangles have no area, gets (0, 0, 0).
 *
 * @param out receives x, y, z of each vertex; a new Float32Array when left out
 * @returns `out`, length 3 × vertices
 * @throws if the mesh is not sound, or an array has the wrong length
 */
export function vertexNormals(mesh: Mesh, out?: Float32Array): Float32Array {
  checkMesh(mesh, 'vertexNormals');
  const { positions, indices } = mesh;
  const normals = out ?? new Float32Array(positions.length);
  if (normals.length !== positions.length) {
    throw new Error(`vertexNormals: wrong length of out; expected ${positions.length}, got ${normals.length}`);
  }
  const first = coincidentVertices(positions);
  const sums = new Float64Array(positions.length);
  for (let k = 0; k < indices.length; k += 3) {
    const a = 3 * indices[k];
    const b = 3 * indices[k + 1];
    const c = 3 * indices[k + 2];
    const abX = positions[b] - positions[a];
    const abY = positions[b + 1] - positions[a + 1];
    const abZ = positions[b + 2] - positions[a + 2];
    const acX = positions[c] - positions[a];
    const acY = positions[c + 1] - positions[a + 1];
    const acZ = positions[c + 2] - positions[a + 2];
    const x = abY * acZ - abZ * acY;
    const y = abZ * acX - abX * acZ;
    const z = abX * acY - abY * acX;
    for (let corner = 0; corner < 3; corner++) {
      const offset = 3 * first[indices[k + corner]];
      sums[offset] += x;
      sums[offset + 1] += y;
      sums[offset + 2] += z;
    }
  }
  for (let vertex = 0; vertex < first.length; vertex++) {
    const offset = 3 * first[vertex];
    const length = Math.hypot(sums[offset], sums[offset + 1], sums[offset + 2]);
    const scale = length > 0 ? 1 / length : 0;
    for (let axis = 0; axis < 3; axis++) normals[3 * vertex + axis] = sums[offset + axis] * scale;
  }
  return normals;
}
