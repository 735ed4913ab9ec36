import { checkedPoints } from '../mesh/checked-points.js';
import type { Mesh } from '../mesh/mesh.js';
import { PointIndex } from '../search/point-index.js';
import { squaredIndexDistance } from '../search/squared-index-distance.js';

/**
 * The directed vertex-to-vertex Hausdorff distance max over p in a of min over q in b of |p − q|: how far the worst vertex of
 * `a` is from the nearest vertex of `b`. Exact; linear memory.
 *
 * @param a mesh, whose vertices count that a triangle uses, or x, y, z of each point
 * @param b likewise
 * @throws if one has no points, or a mesh no triangles, or a coordinate is not finite
 */
export function directedHausdorff(a: Mesh | Float32Array, b: Mesh | Float32Array): number {
  const from = checkedPoints(a, 'directedHausdorff', 'a');
  const to = checkedPoints(b, 'directedHausdorff', 'b');
  return Math.sqrt(
    squaredIndexDistance(new PointIndex(from.positions, from.grid), new PointIndex(to.positions, to.grid)),
  );
}
