import { checkMesh } from './checked-mesh.js';
import type { Mesh } from './mesh.js';

/** A mesh whose every vertex belongs to a triangle. */
export interface UsedMesh extends Mesh {
  /** Of each vertex its number in the mesh that it comes from, ascending; `undefined` if all of that one's vertices are here. */
  readonly vertices: Uint32Array | undefined;
}

/**
 * A mesh without the vertices that no triangle uses, after a look at each number. Where there are none nothing is copied.
 *
 * @throws as `checkMesh`
 */
export function usedMesh(mesh: Mesh, caller: string, name?: string): UsedMesh {
  const used = checkMesh(mesh, caller, name);
  const { positions, indices } = mesh;
  if (!used) return { positions, indices, vertices: undefined };
  const numbers = new Uint32Array(used.length);
  let count = 0;
  for (let vertex = 0; vertex < used.length; vertex++) {
    numbers[vertex] = count;
    count += used[vertex];
  }
  const vertices = new Uint32Array(count);
  for (let vertex = 0; vertex < used.length; vertex++) if (used[vertex] === 1) vertices[numbers[vertex]] = vertex;
  const renumbered = new Uint32Array(indices.length);
  for (let k = 0; k < indices.length; k++) renumbered[k] = numbers[indices[k]];
  return { positions: ofVertices(positions, vertices), indices: renumbered, vertices };
}

/** Three numbers a vertex, of some vertices. */
export function ofVertices(values: Float32Array, vertices: Uint32Array): Float32Array {
  const out = new Float32Array(3 * vertices.length);
  for (let i = 0; i < vertices.length; i++) {
    for (let axis = 0; axis < 3; axis++) out[3 * i + axis] = values[3 * vertices[i] + axis];
  }
  return out;
}
