import { checkOptions } from '../check-options.js';
import type { Mesh } from '../mesh/mesh.js';
import { meshGrid } from '../mesh/mesh-grid.js';
import { usedMesh } from '../mesh/used-mesh.js';
import { forEachNearest } from '../search/for-each-nearest.js';
import { TriangleIndex } from '../search/triangle-index.js';
import { type Piece, popPiece, pushPiece } from './piece-heap.js';

/** Options of {@link surfaceHausdorff}. */
export interface SurfaceHausdorffOptions {
  /** How exact, in the object's units; a ten-thousandth of the meshes' size when left out. */
  readonly tolerance?: number;
}

/** What {@link surfaceHausdorff} found, in the object's units. */
export interface SurfaceHausdorff {
  /** The greater of both directions. The true distance is from this to `distance + error`. */
  readonly distance: number;
  readonly error: number;
  /** From the worst point of a's surface to the surface of b, likewise a lower bound within `error`. */
  readonly aToB: number;
  readonly bToA: number;
}

/** As a fraction of the diagonal of both meshes' box. */
const defaultTolerance = 1e-4;
/** Triangles cut in four; after that the error is what it is. */
const mostCuts = 200_000;

/**
 * The symmetric Hausdorff distance between two surfaces: between all points of the triangles, not only vertices. The distance to one
 * triangle of b is a convex function, so on a triangle of a it is greatest at a corner: that bounds the distance to b on the whole triangle.
 * Triangles that may exceed the greatest distance seen by more than the tolerance are cut in four, the most doubtful first. (The idea of Guthe,
 * Borodin and Klein, Fast and accurate Hausdorff distance calculation between meshes, 2005.)
 *
 * `error` is a true bound, not an estimate; it is above `tolerance` only where 200,000 cuts were not enough. Linear memory.
 *
 * @throws if a mesh is not sound or the tolerance is not a positive number
 */
export function surfaceHausdorff(a: Mesh, b: Mesh, options: SurfaceHausdorffOptions = {}): SurfaceHausdorff {
  checkOptions('surfaceHausdorff', options, { tolerance: 0 });
  const [meshA, meshB] = [usedMesh(a, 'surfaceHausdorff', 'a'), usedMesh(b, 'surfaceHausdorff', 'b')];
  const { tolerance } = options;
  if (tolerance !== undefined && !(tolerance > 0 && tolerance < Infinity)) {
    throw new Error(`surfaceHausdorff: tolerance is wrong; expected a positive number, got ${tolerance}`);
  }
  const [indexA, indexB] = [new TriangleIndex(meshA), new TriangleIndex(meshB)];
  const allowed = tolerance ?? defaultTolerance * diagonal(indexA, indexB);
  const ab = directed(meshA, indexB, allowed);
  const ba = directed(meshB, indexA, allowed);
  const distance = Math.max(ab.least, ba.least);
  return { distance, error: Math.max(ab.most, ba.most) - distance, aToB: ab.least, bToA: ba.least };
}

function directed(mesh: Mesh, to: TriangleIndex, tolerance: number): { least: number; most: number } {
  const vertices = nearestOfVertices(mesh, to);
  const bounds = triangleBounds(mesh, to, vertices);
  let least = vertices.greatest;
  let most = least;
  for (const bound of bounds) if (bound <= least + tolerance) most = Math.max(most, bound);
  // Whole triangles wait as numbers; most are dropped before their turn comes.
  const waiting = Uint32Array.from(bounds.keys()).filter((triangle) => bounds[triangle] > least + tolerance);
  waiting.sort((p, q) => bounds[q] - bounds[p]);
  const heap: Piece[] = [];
  let next = 0;
  for (let cuts = 0; cuts < mostCuts; cuts++) {
    if (next < waiting.length && !(heap.length > 0 && heap[0].bound > bounds[waiting[next]])) {
      pushPiece(heap, wholeTriangle(mesh, to, vertices.places, waiting[next++]));
    }
    if (heap.length === 0) break;
    const worst = popPiece(heap);
    if (worst.bound <= least + tolerance) {
      // It was the greatest bound of all.
      most = Math.max(most, worst.bound);
      heap.length = 0;
      next = waiting.length;
      break;
    }
    const { parts, seen } = cutInFour(worst, to);
    least = Math.max(least, seen);
    for (const part of parts) {
      if (part.bound <= least + tolerance) most = Math.max(most, part.bound);
      else pushPiece(heap, part);
    }
  }
  if (heap.length > 0) most = Math.max(most, heap[0].bound);
  if (next < waiting.length) most = Math.max(most, bounds[waiting[next]]);
  return { least, most: Math.max(least, most) };
}

interface VertexSearch {
  /** Of each vertex. */
  readonly distances: Float64Array;
  readonly places: Uint32Array;
  /** Of all vertices. */
  readonly greatest: number;
}

function nearestOfVertices(mesh: Mesh, to: TriangleIndex): VertexSearch {
  const places = new Uint32Array(mesh.positions.length / 3);
  const distances = new Float64Array(places.length);
  forEachNearest({ positions: mesh.positions, grid: meshGrid(mesh) }, to, (vertex) => {
    places[vertex] = to.place;
    distances[vertex] = Math.sqrt(to.squaredDistance);
  });
  let greatest = 0;
  for (const distance of distances) if (distance > greatest) greatest = distance;
  return { distances, places, greatest };
}

/** Of each triangle a bound of the distance of its points. */
function triangleBounds(mesh: Mesh, to: TriangleIndex, { distances, places, greatest }: VertexSearch): Float64Array {
  const { positions, indices } = mesh;
  const bounds = new Float64Array(indices.length / 3);
  for (let triangle = 0; triangle < bounds.length; triangle++) {
    const [p, q, r] = [indices[3 * triangle], indices[3 * triangle + 1], indices[3 * triangle + 2]];
    // Nearly always the greatest distance of a corner and the longest edge say enough.
    const reach = Math.max(distances[p], distances[q], distances[r]) + longestEdge(positions, p, q, r);
    bounds[triangle] = reach <= greatest ? reach : Math.min(reach, wholeTriangle(mesh, to, places, triangle).bound);
  }
  return bounds;
}

function wholeTriangle({ positions, indices }: Mesh, to: TriangleIndex, places: Uint32Array, triangle: number): Piece {
  const vertices = [0, 1, 2].map((k) => indices[3 * triangle + k]);
  const corners = vertices.map(
    (vertex) => [positions[3 * vertex], positions[3 * vertex + 1], positions[3 * vertex + 2]] as const,
  );
  return boundedPiece(
    to,
    corners,
    vertices.map((vertex) => places[vertex]),
  );
}

/** A piece's four quarters, and the greatest distance of its edges' middles. */
function cutInFour({ corners, places: near }: Piece, to: TriangleIndex): { parts: Piece[]; seen: number } {
  let seen = 0;
  const [ab, bc, ca] = [0, 1, 2].map((i) => {
    const [p, q] = [corners[i], corners[(i + 1) % 3]];
    const middle = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2, (p[2] + q[2]) / 2] as const;
    to.nearest(...middle, near[i]);
    seen = Math.max(seen, Math.sqrt(to.squaredDistance));
    return { middle, place: to.place };
  });
  const parts = [
    boundedPiece(to, [corners[0], ab.middle, ca.middle], [near[0], ab.place, ca.place]),
    boundedPiece(to, [corners[1], bc.middle, ab.middle], [near[1], bc.place, ab.place]),
    boundedPiece(to, [corners[2], ca.middle, bc.middle], [near[2], ca.place, bc.place]),
    boundedPiece(to, [ab.middle, bc.middle, ca.middle], [ab.place, bc.place, ca.place]),
  ];
  return { parts, seen };
}

/** The piece with the bound that any one of the triangles near its corners gives: the distance to it is greatest at a corner. */
function boundedPiece(to: TriangleIndex, corners: Piece['corners'], places: readonly number[]): Piece {
  let bound = Infinity;
  for (let i = 0; i < 3; i++) {
    if (places.indexOf(places[i]) < i) continue;
    let worst = 0;
    for (const [x, y, z] of corners) worst = Math.max(worst, to.squaredDistanceTo(places[i], x, y, z));
    bound = Math.min(bound, worst);
  }
  return { corners, places, bound: Math.sqrt(bound) };
}

function longestEdge(p: Float32Array, a: number, b: number, c: number): number {
  let longest = 0;
  for (const [from, to] of [
    [a, b],
    [b, c],
    [c, a],
  ]) {
    const [x, y, z] = [p[3 * to] - p[3 * from], p[3 * to + 1] - p[3 * from + 1], p[3 * to + 2] - p[3 * from + 2]];
    longest = Math.max(longest, Math.sqrt(x * x + y * y + z * z));
  }
  return longest;
}

/** Of the box around both. */
function diagonal(...indices: TriangleIndex[]): number {
  const roots = indices.map(({ tree }) => tree.boxes.subarray(tree.boxes.length - 6));
  const sizes = [0, 1, 2].map(
    (axis) => Math.max(...roots.map((box) => box[axis + 3])) - Math.min(...roots.map((box) => box[axis])),
  );
  return Math.hypot(...sizes);
}
