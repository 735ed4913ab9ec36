import { checkedPositions } from './checked-positions.js';
import type { Mesh } from './mesh.js';
import { PointIndex } from './point-index.js';

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
  const index = new PointIndex(checkedPositions(b, 'nearestDistances', 'b'));
  const distances = out ?? (new Float64Array(from.length / 3) as T);
  if (distances.length !== from.length / 3) {
    throw new Error(
      `nearestDistances: wrong length of out; expected one number per vertex of a, ${from.length / 3}, got ${distances.length}`,
    );
  }
  const { order, places } = index;
  // Vertices that follow each other in a mesh are neighbours: the vertex after the last one's nearest is a good first guess.
  for (let vertex = 0, seed = 0; vertex < distances.length; vertex++) {
    const offset = 3 * vertex;
    index.nearest(from[offset], from[offset + 1], from[offset + 2], seed);
    distances[vertex] = Math.sqrt(index.squaredDistance);
    seed = places[Math.min(order[index.place] + 1, order.length - 1)];
  }
  return distances;
}
