import { checkedPoints } from '../mesh/checked-points.js';
import type { Mesh } from '../mesh/mesh.js';
import { PointIndex } from '../search/point-index.js';
import { squaredIndexDistance } from '../search/squared-index-distance.js';

/**
 * The symmetric vertex-to-vertex Hausdorff distance: the greater of the two {@link directedHausdorff} distances. Exact; linear
 * memory; each side is indexed once.
 *
 * @param a mesh, whose vertices count that a triangle uses, or x, y, z of each point
 * @param b likewise
 * @throws if one has no points, or a mesh no triangles, or a coordinate is not finite
 */
export function hausdorff(a: Mesh | Float32Array, b: Mesh | Float32Array): number {
  const [pointsA, pointsB] = [checkedPoints(a, 'hausdorff', 'a'), checkedPoints(b, 'hausdorff', 'b')];
  const indexA = new PointIndex(pointsA.positions, pointsA.grid);
  const indexB = new PointIndex(pointsB.positions, pointsB.grid);
  return Math.sqrt(squaredIndexDistance(indexA, indexB, squaredIndexDistance(indexB, indexA)));
}
