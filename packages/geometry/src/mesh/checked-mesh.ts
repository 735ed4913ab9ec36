import { showValue } from '../show-value.js';
import type { Mesh } from './mesh.js';

/**
 * Looks at each number of a mesh. A mesh is its triangles: what vertices that no triangle uses hold does not matter.
 *
 * @param name what the error calls the mesh
 * @returns of each vertex whether a triangle uses it (1) or not (0); `undefined` if all are used
 * @throws if it is no mesh or has no triangle, an index has no vertex, a coordinate that is used is not finite, or an array has the
 *   wrong length
 */
export function checkMesh(mesh: Mesh, caller: string, name = 'the mesh'): Uint8Array | undefined {
  if (!(mesh?.positions instanceof Float32Array) || !(mesh.indices instanceof Uint32Array)) {
    const got = [mesh?.positions, mesh?.indices].map((array) => array?.constructor?.name ?? showValue(array));
    throw new Error(
      `${caller}: ${name} is wrong; expected positions: Float32Array and indices: Uint32Array, got ${mesh ? got.join(' and ') : showValue(mesh)}`,
    );
  }
  const { positions, indices } = mesh;
  if (positions.length % 3 !== 0) {
    throw new Error(
      `${caller}: ${name} has half a vertex; expected a multiple of 3 positions, got ${positions.length}`,
    );
  }
  if (indices.length === 0 || indices.length % 3 !== 0) {
    throw new Error(
      `${caller}: ${name} must have at least one triangle; expected a positive multiple of 3 indices, got ${indices.length}`,
    );
  }
  const used = new Uint8Array(positions.length / 3);
  let greatest = 0;
  for (let k = 0; k < indices.length; k++) {
    const index = indices[k];
    if (index > greatest) greatest = index;
    used[index] = 1;
  }
  if (greatest >= used.length) {
    const wrong = indices.findIndex((index) => index >= used.length);
    throw new Error(
      `${caller}: index ${wrong} of ${name} has no vertex; expected less than ${used.length}, got ${indices[wrong]}`,
    );
  }
  // Infinity − Infinity and NaN − NaN are NaN, and stay it. Three sums, as one would wait for itself.
  let [x, y, z, unused] = [0, 0, 0, 0];
  for (let k = 0, vertex = 0; k < positions.length; k += 3, vertex++) {
    x += positions[k] - positions[k];
    y += positions[k + 1] - positions[k + 1];
    z += positions[k + 2] - positions[k + 2];
    unused += 1 - used[vertex];
  }
  if (x + y + z !== 0) {
    for (let k = 0; k < positions.length; k++) {
      if (Number.isFinite(positions[k]) || used[Math.floor(k / 3)] === 0) continue;
      throw new Error(
        `${caller}: coordinate ${'xyz'[k % 3]} of vertex ${Math.floor(k / 3)} of ${name} must be finite, got ${positions[k]}`,
      );
    }
  }
  return unused > 0 ? used : undefined;
}
