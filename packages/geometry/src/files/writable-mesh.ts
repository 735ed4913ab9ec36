import type { Mesh } from '../mesh/mesh.js';
import { ofVertices, usedMesh } from '../mesh/used-mesh.js';

/** A mesh as it goes into a file, and its colours. */
export interface WritableMesh {
  readonly mesh: Mesh;
  readonly colors: Float32Array | undefined;
}

/**
 * The triangles of a mesh and their vertices, after a look at each number: a file that no program can read, or that shows nothing, is worse
 * than an error. Vertices that no triangle uses stay out: viewers would take them for a part of the object's box.
 *
 * @throws if the mesh is not sound or has no triangle, or a colour is missing or outside 0 to 1
 */
export function writableMesh(given: Mesh, caller: string, colors?: Float32Array): WritableMesh {
  const { positions, indices, vertices } = usedMesh(given, caller);
  const mesh = { positions, indices };
  if (colors === undefined) return { mesh, colors };
  const count = given.positions.length / 3;
  if (colors.length !== 3 * count) {
    throw new Error(
      `${caller}: wrong number of colours; expected three numbers per vertex, ${3 * count}, got ${colors.length}`,
    );
  }
  const used = vertices ? ofVertices(colors, vertices) : colors;
  const bad = used.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad >= 0) {
    const number = vertices ? 3 * vertices[Math.floor(bad / 3)] + (bad % 3) : bad;
    throw new Error(`${caller}: colour ${number} is wrong; expected 0 to 1, got ${used[bad]}`);
  }
  return { mesh, colors: used };
}
