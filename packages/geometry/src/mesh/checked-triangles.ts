import { checkedPositions } from './checked-positions.js';
import type { Mesh } from './mesh.js';

/**
 * A mesh whose triangles are needed, after a look at each number.
 *
 * @throws if it is no mesh, has no triangle, a coordinate is not finite, or an index has no vertex
 */
export function checkedTriangles(mesh: Mesh, caller: string, name: string): Mesh {
  if (!(mesh?.indices instanceof Uint32Array)) {
    throw new Error(`${caller}: ${name} must be a Mesh with triangles, got ${typeof mesh} without indices`);
  }
  const count = checkedPositions(mesh, caller, name).length / 3;
  const { indices } = mesh;
  if (indices.length === 0 || indices.length % 3 !== 0) {
    throw new Error(
      `${caller}: ${name} must have at least one triangle; expected a positive multiple of 3 indices, got ${indices.length}`,
    );
  }
  for (let k = 0; k < indices.length; k++) {
    if (indices[k] < count) continue;
    throw new Error(`${caller}: index ${k} of ${name} has no vertex; expected less than ${count}, got ${indices[k]}`);
  }
  return mesh;
}
