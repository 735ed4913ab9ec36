import { checkMesh } from './checked-mesh.js';
import { coincidentVertices } from './coincident-vertices.js';
import type { Mesh } from './mesh.js';

/**
 * Whether a mesh is closed and oriented: every edge belongs to as many triangles that run along it one way as the other way, so that
 * it has an inside and a volume. Vertices at exactly the same position count as one; triangles that so become edges or points are
 * left out. A mesh that cuts through itself may be watertight; one without triangles is not.
 *
 * @throws if a coordinate that a triangle uses is not finite or an index has no vertex
 */
export function isWatertight(mesh: Mesh): boolean {
  if (mesh?.positions instanceof Float32Array && mesh.indices instanceof Uint32Array && mesh.indices.length === 0)
    return false;
  checkMesh(mesh, 'isWatertight');
  const { positions, indices } = mesh;
  const first = coincidentVertices(positions);
  const count = positions.length / 3;
  const mask = 2 ** Math.ceil(Math.log2(indices.length + 2)) - 1;
  // An open-addressing hash table of edges, each with how often it is run along one way more than the other.
  const keys = new Float64Array(mask + 1).fill(-1);
  const balances = new Int32Array(mask + 1);
  let open = 0;
  const add = (a: number, b: number) => {
    const [low, high] = a < b ? [a, b] : [b, a];
    const key = low * count + high;
    let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca77);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    while (keys[slot] !== key && keys[slot] !== -1) slot = (slot + 1) & mask;
    keys[slot] = key;
    open -= Math.abs(balances[slot]);
    balances[slot] += a < b ? 1 : -1;
    open += Math.abs(balances[slot]);
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
  return triangles > 0 && open === 0;
}
