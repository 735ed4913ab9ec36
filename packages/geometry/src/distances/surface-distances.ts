import { checkedPoints } from '../mesh/checked-points.js';
import type { Mesh } from '../mesh/mesh.js';
import { spreadToVertices } from '../mesh/spread-to-vertices.js';
import { usedMesh } from '../mesh/used-mesh.js';
import { forEachNearest } from '../search/for-each-nearest.js';
import { TriangleIndex } from '../search/triangle-index.js';

/**
 * For each vertex of `a` the distance to the nearest point of the surface of `b`, its triangles and not only its vertices. Exact up to
 * rounding (about 1e-12 of the coordinates); linear memory. Colours for these: `colorsByValue` of `@kanrecon/render`.
 *
 * @param a mesh, or x, y, z of each point
 * @param b mesh with at least one triangle
 * @param out receives one distance per vertex of `a`; a new Float64Array when left out
 * @returns `out`. A vertex of `a` that no triangle uses has the distance of one at exactly the same position, else NaN.
 * @throws if a mesh is not sound, or `out` has another length
 */
export function surfaceDistances<T extends Float32Array | Float64Array = Float64Array>(
  a: Mesh | Float32Array,
  b: Mesh,
  out?: T,
): T {
  const from = checkedPoints(a, 'surfaceDistances', 'a');
  const index = new TriangleIndex(usedMesh(b, 'surfaceDistances', 'b'));
  const distances = out ?? (new Float64Array(from.given) as T);
  if (distances.length !== from.given) {
    throw new Error(
      `surfaceDistances: wrong length of out; expected one number per vertex of a, ${from.given}, got ${distances.length}`,
    );
  }
  forEachNearest(from, index, (vertex) => {
    distances[vertex] = Math.sqrt(index.squaredDistance);
  });
  if (!(a instanceof Float32Array)) spreadToVertices(distances, from.vertices, a.positions);
  return distances;
}
