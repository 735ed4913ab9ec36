import { checkedPositions } from '../mesh/checked-positions.js';
import type { Mesh } from '../mesh/mesh.js';
import { meshGrid } from '../mesh/mesh-grid.js';
import { PointIndex } from '../search/point-index.js';
import { squaredIndexDistance } from '../search/squared-index-distance.js';

/**
 * The directed vertex-to-vertex Hausdorff distance max over p in a of min over q in b of |p − q|: how far the worst vertex of
 * `a` is from the nearest vertex of `b`. Exact; linear memory.
 *
 * @param a mesh, or x, y, z of each point
 * @param b likewise
 * @throws if one has no points or a coordinate that is not finite
 */
export function directedHausdorff(a: Mesh | Float32Array, b: Mesh | Float32Array): number {
  const from = checkedPositions(a, 'directedHausdorff', 'a');
  const to = checkedPositions(b, 'directedHausdorff', 'b');
  return Math.sqrt(squaredIndexDistance(new PointIndex(from, meshGrid(a)), new PointIndex(to, meshGrid(b))));
}
