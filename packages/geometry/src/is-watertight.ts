import { checkedMesh } from './checked-mesh.js';
import { coincidentVertices } from './coincident-vertices.js';
import type { Mesh } from './mesh.js';

/**
 * Whether a mesh is closed and oriented: every edge belongs to as many triangles that run along it one way as the other way, so that
 * it has an inside and a volume. Vertices at exactly the same position count as one; triangles that so become edges or points are
 * left out. A mesh that cuts through itself may be watertight.
 *
 * @throws if a coordinate is not finite or an index has no vertex
 */
export function isWatertight(mesh: Mesh): boolean {
  const { positions, indices } = checkedMesh(mesh, 'isWatertight');
  const first = coincidentVertices(positions);
  const count = positions.length / 3;
  const balance = new Map<number, number>();
  const add = (a: number, b: number) => {
    const key = a < b ? a * count + b : b * count + a;
    const value = (balance.get(key) ?? 0) + (a < b ? 1 : -1);
    if (value === 0) balance.delete(key);
    else balance.set(key, value);
  };
  let triangles = 0;
  for (let k = 0; k < indices.length; k += 3) {
    const [a, b, c] = [first[indices[k]], first[indices[k + 1]], first[indices[k + 2]]];
    if (a === b || b === c || c === a) continue;
    triangles++;
    add(a, b);
    add(b, c);
    add(c, a);
  }
  return triangles > 0 && balance.size === 0;
}
