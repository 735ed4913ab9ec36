import { checkedPositions } from '../mesh/checked-positions.js';
import type { Mesh } from '../mesh/mesh.js';
import { meshGrid } from '../mesh/mesh-grid.js';
import { PointIndex } from '../search/point-index.js';
import { squaredIndexDistance } from '../search/squared-index-distance.js';

/**
 * The symmetric vertex-to-vertex Hausdorff distance: the greater of the two {@link directedHausdorff} distances. Exact; linear
 * memory; each side is indexed once.
 *
 * @param a mesh, or x, y, z of each point
 * @param b likewise
 * @throws if one has no points or a coordinate that is not finite
 */
export function hausdorff(a: Mesh | Float32Array, b: Mesh | Float32Array): number {
  const indexA = new PointIndex(checkedPositions(a, 'hausdorff', 'a'), meshGrid(a));
  const indexB = new PointIndex(checkedPositions(b, 'hausdorff', 'b'), meshGrid(b));
  return Math.sqrt(squaredIndexDistance(indexA, indexB, squaredIndexDistance(indexB, indexA)));
}
