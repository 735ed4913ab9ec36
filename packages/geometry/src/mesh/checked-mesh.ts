import { showValue } from '../show-value.js';
import { checkedPositions } from './checked-positions.js';
import type { Mesh } from './mesh.js';

/**
 * The mesh, after a look at each number: a file that no program can read is worse than an error.
 *
 * @throws if it is no mesh, a coordinate is not finite, an index has no vertex, or an array has the wrong length
 */
export function checkedMesh(mesh: Mesh, caller: string, colors?: Float32Array): Mesh {
  if (!(mesh?.positions instanceof Float32Array) || !(mesh.indices instanceof Uint32Array)) {
    const got = [mesh?.positions, mesh?.indices].map((array) => array?.constructor?.name ?? showValue(array));
    throw new Error(
      `${caller}: the mesh is wrong; expected positions: Float32Array and indices: Uint32Array, got ${mesh ? got.join(' and ') : showValue(mesh)}`,
    );
  }
  const count = checkedPositions(mesh, caller, 'the mesh').length / 3;
  if (mesh.indices.length % 3 !== 0) {
    throw new Error(`${caller}: wrong number of indices; expected a multiple of 3, got ${mesh.indices.length}`);
  }
  const wrong = mesh.indices.findIndex((index) => index >= count);
  if (wrong >= 0) {
    throw new Error(`${caller}: index ${wrong} has no vertex; expected less than ${count}, got ${mesh.indices[wrong]}`);
  }
  if (colors) {
    if (colors.length !== 3 * count) {
      throw new Error(
        `${caller}: wrong number of colours; expected three numbers per vertex, ${3 * count}, got ${colors.length}`,
      );
    }
    const bad = colors.findIndex((value) => !(value >= 0 && value <= 1));
    if (bad >= 0) throw new Error(`${caller}: colour ${bad} is wrong; expected 0 to 1, got ${colors[bad]}`);
  }
  return mesh;
}
