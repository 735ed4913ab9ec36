import type { Mesh } from './mesh.js';

/** The (u, v) grid that a mesh was made over: so many quads along u and along v, vertices in `tessellate`'s order. */
export interface MeshGrid {
  readonly uSteps: number;
  readonly vSteps: number;
}

/**
 * The grid of a mesh made by `tessellate` from a surface of one part without poles, found by a look at the first and last quad. Only
 * used to put neighbours next to each other: nothing but speed depends on its being right.
 */
export function meshGrid(mesh: Mesh | Float32Array): MeshGrid | undefined {
  if (mesh instanceof Float32Array || !(mesh.indices instanceof Uint32Array) || mesh.indices.length < 6)
    return undefined;
  const { positions, indices } = mesh;
  const vertices = positions.length / 3;
  const row = indices[1] - indices[0];
  if (!(row >= 2) || vertices % row !== 0) return undefined;
  const [uSteps, vSteps] = [vertices / row - 1, row - 1];
  if (uSteps < 1 || indices.length !== 6 * uSteps * vSteps) return undefined;
  for (const quad of [0, uSteps * vSteps - 1]) {
    const a = Math.floor(quad / vSteps) * row + (quad % vSteps);
    const expected = [a, a + row, a + row + 1, a, a + row + 1, a + 1];
    if (expected.some((vertex, k) => indices[6 * quad + k] !== vertex)) return undefined;
  }
  return { uSteps, vSteps };
}
