import { checkOptions } from '../check-options.js';
import { checkedTriangles } from '../mesh/checked-triangles.js';
import type { Mesh } from '../mesh/mesh.js';
import { vertexNormals } from '../mesh/vertex-normals.js';
import { forEachNearest } from '../search/for-each-nearest.js';
import { TriangleIndex } from '../search/triangle-index.js';
import { unitWeights } from './distance-options.js';

/** Options of {@link normalConsistency}. */
export interface NormalConsistencyOptions {
  /** Whether front and back differ: −1 for a normal the other way round. Else only the angle between the planes counts, 0 to 1. */
  readonly oriented?: boolean;
}

/** What {@link normalConsistency} found: cosines, 1 for equal normals. */
export interface NormalConsistency {
  /** The mean of `aToB` and `bToA`. */
  readonly consistency: number;
  readonly aToB: number;
  readonly bToA: number;
}

/**
 * The mean cosine between the normal at each vertex and that at the nearest point of the other surface (interpolated between its corners),
 * weighted by area, averaged over both directions.
 *
 * @throws if a mesh is not sound
 */
export function normalConsistency(a: Mesh, b: Mesh, options: NormalConsistencyOptions = {}): NormalConsistency {
  checkOptions('normalConsistency', options, { oriented: false });
  const { oriented = false } = options;
  const [checkedA, checkedB] = [a, b].map((mesh, i) => checkedTriangles(mesh, 'normalConsistency', 'ab'[i]));
  const [normalsA, normalsB] = [vertexNormals(checkedA), vertexNormals(checkedB)];
  const aToB = meanCosine(checkedA, normalsA, checkedB, normalsB, oriented);
  const bToA = meanCosine(checkedB, normalsB, checkedA, normalsA, oriented);
  return { consistency: (aToB + bToA) / 2, aToB, bToA };
}

function meanCosine(from: Mesh, fromNormals: Float32Array, to: Mesh, toNormals: Float32Array, oriented: boolean) {
  const weights = unitWeights(from, 'area', from.positions.length / 3);
  const index = new TriangleIndex(to);
  const normal = new Float64Array(3);
  let sum = 0;
  forEachNearest(from, index, (vertex) => {
    const at = 3 * vertex;
    index.locate(from.positions[at], from.positions[at + 1], from.positions[at + 2]);
    const corner = 3 * index.order[index.place];
    const { weightB, weightC } = index;
    const [a, b, c] = [0, 1, 2].map((k) => 3 * to.indices[corner + k]);
    for (let axis = 0; axis < 3; axis++) {
      normal[axis] =
        (1 - weightB - weightC) * toNormals[a + axis] + weightB * toNormals[b + axis] + weightC * toNormals[c + axis];
    }
    const length = Math.hypot(normal[0], normal[1], normal[2]);
    if (length === 0) return;
    const cosine =
      (normal[0] * fromNormals[at] + normal[1] * fromNormals[at + 1] + normal[2] * fromNormals[at + 2]) / length;
    sum += weights[vertex] * (oriented ? cosine : Math.abs(cosine));
  });
  return sum;
}
