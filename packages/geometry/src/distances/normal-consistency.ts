import { checkOptions } from '../check-options.js';
import type { Mesh } from '../mesh/mesh.js';
import { meshGrid } from '../mesh/mesh-grid.js';
import { usedMesh } from '../mesh/used-mesh.js';
import { vertexAreas } from '../mesh/vertex-areas.js';
import { vertexNormals } from '../mesh/vertex-normals.js';
import { forEachNearest } from '../search/for-each-nearest.js';
import { TriangleIndex } from '../search/triangle-index.js';

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
 * weighted by area, averaged over both directions. Triangles without area have no normal and are left out, and so are vertices at which
 * the normals of a mesh's triangles cancel out.
 *
 * @throws if a mesh is not sound or has no normals at all
 */
export function normalConsistency(a: Mesh, b: Mesh, options: NormalConsistencyOptions = {}): NormalConsistency {
  checkOptions('normalConsistency', options, { oriented: false });
  const { oriented = false } = options;
  const [checkedA, checkedB] = [withArea(a, 'a'), withArea(b, 'b')];
  const [normalsA, normalsB] = [vertexNormals(checkedA), vertexNormals(checkedB)];
  const aToB = meanCosine(checkedA, normalsA, checkedB, normalsB, oriented);
  const bToA = meanCosine(checkedB, normalsB, checkedA, normalsA, oriented);
  return { consistency: (aToB + bToA) / 2, aToB, bToA };
}

function meanCosine(from: Mesh, fromNormals: Float32Array, to: Mesh, toNormals: Float32Array, oriented: boolean) {
  const weights = vertexAreas(from);
  const index = new TriangleIndex(to);
  const normal = new Float64Array(3);
  let [sum, weight] = [0, 0];
  forEachNearest({ positions: from.positions, grid: meshGrid(from) }, index, (vertex) => {
    const at = 3 * vertex;
    index.locate(from.positions[at], from.positions[at + 1], from.positions[at + 2]);
    const corner = 3 * index.order[index.place];
    const { weightB, weightC } = index;
    const [a, b, c] = [0, 1, 2].map((k) => 3 * to.indices[corner + k]);
    for (let axis = 0; axis < 3; axis++) {
      normal[axis] =
        (1 - weightB - weightC) * toNormals[a + axis] + weightB * toNormals[b + axis] + weightC * toNormals[c + axis];
    }
    const length =
      Math.hypot(normal[0], normal[1], normal[2]) *
      Math.hypot(fromNormals[at], fromNormals[at + 1], fromNormals[at + 2]);
    if (length === 0) return;
    const cosine =
      (normal[0] * fromNormals[at] + normal[1] * fromNormals[at + 1] + normal[2] * fromNormals[at + 2]) / length;
    sum += weights[vertex] * (oriented ? cosine : Math.abs(cosine));
    weight += weights[vertex];
  });
  if (!(weight > 0)) {
    throw new Error(
      'normalConsistency: the normals of a mesh cancel out; expected a surface with one side up, got none',
    );
  }
  return sum / weight;
}

/** The triangles of a mesh that have an area, and their vertices. */
function withArea(mesh: Mesh, name: string): Mesh {
  const { positions: p, indices } = usedMesh(mesh, 'normalConsistency', name);
  const hasArea = (k: number) => {
    const [a, b, c] = [3 * indices[k], 3 * indices[k + 1], 3 * indices[k + 2]];
    const [abX, abY, abZ] = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]];
    const [acX, acY, acZ] = [p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]];
    return abY * acZ !== abZ * acY || abZ * acX !== abX * acZ || abX * acY !== abY * acX;
  };
  const kept = new Uint32Array(indices.length);
  let count = 0;
  for (let k = 0; k < indices.length; k += 3) {
    if (!hasArea(k)) continue;
    for (let corner = 0; corner < 3; corner++) kept[count++] = indices[k + corner];
  }
  if (count === 0) {
    throw new Error(`normalConsistency: ${name} has no area; expected a triangle with three corners apart, got none`);
  }
  return count === indices.length
    ? { positions: p, indices }
    : usedMesh({ positions: p, indices: kept.subarray(0, count) }, 'normalConsistency', name);
}
