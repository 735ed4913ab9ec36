import { checkMesh } from './checked-mesh.js';
import { isWatertight } from './is-watertight.js';
import type { Mesh } from './mesh.js';

/**
 * The volume inside a watertight mesh, in cubic units, by the divergence theorem: positive when the triangles' fronts are outside.
 * Where a mesh overlaps itself the overlap counts twice.
 *
 * @throws if the mesh is not watertight or not sound
 */
export function meshVolume(mesh: Mesh): number {
  checkMesh(mesh, 'meshVolume');
  if (!isWatertight(mesh))
    throw new Error('meshVolume: the mesh is open; expected a watertight one (see isWatertight)');
  return signedVolume(mesh);
}

/** {@link meshVolume} without a look at the mesh. */
export function signedVolume({ positions: p, indices }: Mesh): number {
  // Relative to a corner, so that a mesh far from the origin loses nothing to rounding.
  const [x0, y0, z0] = p.subarray(3 * indices[0]);
  let sum = 0;
  for (let k = 0; k < indices.length; k += 3) {
    const [a, b, c] = [3 * indices[k], 3 * indices[k + 1], 3 * indices[k + 2]];
    const [ax, ay, az] = [p[a] - x0, p[a + 1] - y0, p[a + 2] - z0];
    const [bx, by, bz] = [p[b] - x0, p[b + 1] - y0, p[b + 2] - z0];
    const [cx, cy, cz] = [p[c] - x0, p[c + 1] - y0, p[c + 2] - z0];
    sum += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  }
  return sum / 6;
}
