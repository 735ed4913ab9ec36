import { checkedPositions } from '../mesh/checked-positions.js';
import type { Mesh } from '../mesh/mesh.js';
import { meshGrid } from '../mesh/mesh-grid.js';
import { PointGrid } from '../search/point-grid.js';
import { PointIndex } from '../search/point-index.js';

// Tried on pairs of 200 × 200 meshes, both directions, CPU time of a busy machine: the tree of boxes alone 140 to 180 ms for meshes
// near each other and 400 to 700 ms for others; the grid first, as here, 45 and 400 to 600 ms.

/**
 * For each vertex of `a` the distance to the nearest vertex of `b`. Exact; linear memory.
 *
 * @param a mesh, or x, y, z of each point
 * @param b likewise
 * @param out receives one distance per vertex of `a`; a new Float64Array when left out
 * @returns `out`
 * @throws if one side has no points or a coordinate that is not finite, or `out` has another length
 */
export function nearestDistances<T extends Float32Array | Float64Array = Float64Array>(
  a: Mesh | Float32Array,
  b: Mesh | Float32Array,
  out?: T,
): T {
  const from = checkedPositions(a, 'nearestDistances', 'a');
  const to = checkedPositions(b, 'nearestDistances', 'b');
  const distances = out ?? (new Float64Array(from.length / 3) as T);
  if (distances.length !== from.length / 3) {
    throw new Error(
      `nearestDistances: wrong length of out; expected one number per vertex of a, ${from.length / 3}, got ${distances.length}`,
    );
  }
  const grid = new PointGrid(to);
  const last = to.length / 3 - 1;
  let index: PointIndex | undefined;
  // Vertices that follow each other in a mesh are neighbours: the vertex after the last one's nearest is a good first guess.
  for (let vertex = 0, guess = 0; vertex < distances.length; vertex++) {
    const x = from[3 * vertex];
    const y = from[3 * vertex + 1];
    const z = from[3 * vertex + 2];
    if (grid.nearest(x, y, z, guess)) {
      distances[vertex] = Math.sqrt(grid.squaredDistance);
      guess = Math.min(grid.found + 1, last);
    } else {
      index ??= new PointIndex(to, meshGrid(b));
      index.nearest(x, y, z, index.places[guess]);
      distances[vertex] = Math.sqrt(index.squaredDistance);
      guess = Math.min(index.order[index.place] + 1, last);
    }
  }
  return distances;
}
