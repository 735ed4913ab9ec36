import type { Mesh } from '../mesh/mesh.js';
import { type MeshGrid, meshGrid } from '../mesh/mesh-grid.js';
import { BoxTree } from './box-tree.js';
import { frameStride, leafFrames, squaredFrameDistance } from './leaf-frames.js';
import { mortonOrder } from './morton-order.js';
import { pointsBox } from './points-box.js';
import { evenLeaves, type LeafOrder, tileOrder } from './tile-order.js';
import { squaredTriangleDistance } from './triangle-distance.js';

/** Triangles in a leaf. */
const leafSize = 8;
/** Rows and columns of quads in a leaf of a grid. Tried 2, 3, 4. */
const tile = 3;

/**
 * Exact nearest points on the triangles of a mesh: a tree of boxes over the triangles, in the order of their grid if they are over one,
 * else in Morton order of their middles. The nearest point of a triangle is found by its region (corner, edge, face), as in Ericson, Real-Time
 * Collision Detection, 5.1.5. Numbers are float64 computed from the mesh's float32: errors stay near 1e-12 of the coordinates, near
 * 1e-9 for triangles a million times longer than wide.
 *
 * Tried on pairs of 200 × 200 meshes, both directions, building included, on a shared machine: only boxes along x, y, z 85 to 1,550 ms; also turned boxes
 * around leaves (`LeafFrames`) 90 to 590; also rectangles around triangles in these, 87 to 590; from the seed's leaf upwards instead of from
 * the root 82 to 790, with vertices taken along u 78 to 520; leaves of 18 instead of 8 triangles 76 to 480 (as it is). Groups of 16 points that
 * share one list of leaves: 89 to 600 before the last three, no gain. A bound from the last search that says at which ancestor to stop: six levels of
 * seven are still climbed, as a patch must be wider than the distance searched for; 10 % slower. A grid of cells that list the leaves touching them, instead of climbing: 71 ms
 * instead of 85 and 84 instead of 117 on two pairs, no change on four, 244 instead of 159 where a strong twist makes the leaves' boxes wide.
 *
 * This search is for one point at a time; `forEachNearest` looks many up in WebAssembly, four boxes at a time, in half the time.
 */
export class TriangleIndex {
  /** x, y, z of three corners of each triangle in the tree's order. */
  readonly corners: Float32Array;
  /** For each place in the tree's order the triangle's original number. */
  readonly order: Uint32Array;
  /** The inverse of {@link order}. */
  readonly places: Uint32Array;
  readonly tree: BoxTree;
  /** The mesh's grid, if it has one. */
  readonly grid: MeshGrid | undefined;
  /** Place of the triangle that the last {@link nearest} found. */
  place = 0;
  /** Squared distance to it. */
  squaredDistance = 0;
  /** Barycentric coordinates of its nearest point by the second and third corner, after {@link locate}. */
  weightB = 0;
  weightC = 0;

  /** Turned boxes of the leaves, and in these rectangles around the triangles; see `leafFrames`. */
  readonly frames: Float64Array;
  readonly rectangles: Float32Array;
  /** The leaf of each triangle, and the parent of each node. */
  readonly leaves: Uint32Array;
  readonly parents: Uint32Array;
  /** Made at the first {@link nearest}; see `boxSpans`. */
  private spans: Float64Array | undefined;
  private found = -1;
  private readonly stack = new Int32Array(256);
  private readonly stackDistances = new Float64Array(256);

  /** @param mesh at least one triangle, all sound (see `checkMesh`) */
  constructor(mesh: Mesh) {
    const { positions, indices } = mesh;
    this.grid = meshGrid(mesh);
    const { order, leafStarts, codes } = triangleOrder(mesh, this.grid);
    this.order = order;
    this.places = new Uint32Array(order.length);
    this.corners = new Float32Array(9 * order.length);
    const { corners, places } = this;
    for (let place = 0; place < order.length; place++) {
      const triangle = order[place];
      places[triangle] = place;
      for (let corner = 0; corner < 3; corner++) {
        const from = 3 * indices[3 * triangle + corner];
        const to = 9 * place + 3 * corner;
        corners[to] = positions[from];
        corners[to + 1] = positions[from + 1];
        corners[to + 2] = positions[from + 2];
      }
    }
    this.tree = new BoxTree(leafStarts, codes, (boxes, offset, start, end) => {
      pointsBox(corners, boxes, offset, 3 * start, 3 * end);
    });
    const { frames, rectangles } = leafFrames(corners, leafStarts);
    this.frames = frames;
    this.leaves = new Uint32Array(order.length);
    this.parents = new Uint32Array(this.tree.firstChild.length);
    const { firstChild, endChild, levels } = this.tree;
    for (let node = 0; node < firstChild.length; node++) {
      if (node < levels[1]) this.leaves.fill(node, firstChild[node], endChild[node]);
      else this.parents.fill(node, firstChild[node], endChild[node]);
    }
    this.rectangles = rectangles;
  }

  /** Squared distance from a point to the triangle at a place. */
  squaredDistanceTo(place: number, x: number, y: number, z: number): number {
    return squaredTriangleDistance(this.corners, 9 * place, x, y, z);
  }

  /**
   * Finds the nearest triangle and leaves its place and squared distance in {@link place} and {@link squaredDistance}.
   *
   * @param seed place of a triangle that is probably near: the better the guess, the faster the search
   * @param enough the search may stop at the first triangle whose squared distance is at most this
   */
  nearest(x: number, y: number, z: number, seed: number, enough = -1): void {
    const { frames, parents, stack, stackDistances } = this;
    const { firstChild, endChild, levels } = this.tree;
    this.spans ??= boxSpans(this.tree.boxes);
    const { spans } = this;
    const leaves = levels[1];
    const leafParents = levels[2] ?? 0;
    const root = firstChild.length - 1;
    let place = seed;
    let node = this.leaves[seed];
    let best = this.searchLeaf(node, x, y, z, squaredTriangleDistance(this.corners, 9 * seed, x, y, z));
    if (this.found >= 0) place = this.found;
    // From the seed's leaf upwards: at each ancestor its other children, as far as they can hold something nearer.
    while (node !== root && best > enough) {
      const below = node;
      node = parents[node];
      stack[0] = node;
      stackDistances[0] = 0;
      let top = 1;
      while (top > 0) {
        top--;
        if (stackDistances[top] >= best) continue;
        const parent = stack[top];
        if (parent < leaves) {
          best = this.searchLeaf(parent, x, y, z, best);
          if (this.found >= 0) place = this.found;
          continue;
        }
        const end = endChild[parent];
        const base = top;
        for (let child = firstChild[parent], box = 6 * child; child < end; child++, box += 6) {
          if (child === below) continue;
          const dx = Math.abs(x - spans[box]) - spans[box + 3];
          const dy = Math.abs(y - spans[box + 1]) - spans[box + 4];
          const dz = Math.abs(z - spans[box + 2]) - spans[box + 5];
          let distance = (dx > 0 ? dx * dx : 0) + (dy > 0 ? dy * dy : 0) + (dz > 0 ? dz * dz : 0);
          if (distance >= best) continue;
          if (parent < leafParents) {
            distance = Math.max(distance, squaredFrameDistance(frames, child, x, y, z));
            if (distance >= best) continue;
          }
          // Insertion sort, the nearest child on top of the stack.
          let slot = top++;
          for (; slot > base && stackDistances[slot - 1] < distance; slot--) {
            stackDistances[slot] = stackDistances[slot - 1];
            stack[slot] = stack[slot - 1];
          }
          stackDistances[slot] = distance;
          stack[slot] = child;
        }
      }
    }
    this.place = place;
    this.squaredDistance = best;
  }

  /** Computes {@link weightB} and {@link weightC} of the nearest point of the triangle at {@link place}. */
  locate(x: number, y: number, z: number): void {
    squaredTriangleDistance(this.corners, 9 * this.place, x, y, z, this);
  }

  /** The least squared distance to the triangles of a leaf, if less than `best`; {@link found} is then the place, else −1. */
  private searchLeaf(leaf: number, x: number, y: number, z: number, best: number): number {
    const { corners, frames, rectangles } = this;
    const end = this.tree.endChild[leaf];
    const at = frameStride * leaf;
    const px = x - frames[at];
    const py = y - frames[at + 1];
    const pz = z - frames[at + 2];
    const e = px * frames[at + 3] + py * frames[at + 4] + pz * frames[at + 5];
    const f = px * frames[at + 6] + py * frames[at + 7] + pz * frames[at + 8];
    const n = Math.abs(px * frames[at + 9] + py * frames[at + 10] + pz * frames[at + 11]) - frames[at + 14];
    const above = n > 0 ? n * n : 0;
    this.found = -1;
    for (let candidate = this.tree.firstChild[leaf], r = 4 * candidate; candidate < end; candidate++, r += 4) {
      const de = e < rectangles[r] ? rectangles[r] - e : e > rectangles[r + 1] ? e - rectangles[r + 1] : 0;
      const df = f < rectangles[r + 2] ? rectangles[r + 2] - f : f > rectangles[r + 3] ? f - rectangles[r + 3] : 0;
      if (de * de + df * df + above >= best) continue;
      const distance = squaredTriangleDistance(corners, 9 * candidate, x, y, z);
      if (distance < best) {
        best = distance;
        this.found = candidate;
      }
    }
    return best;
  }
}

/** Middle and half extent of each box: faster to look at than its ends, with half the branches. */
function boxSpans(boxes: Float32Array): Float64Array {
  const spans = new Float64Array(boxes.length);
  for (let box = 0; box < boxes.length; box += 6) {
    for (let axis = 0; axis < 3; axis++) {
      spans[box + axis] = (boxes[box + axis] + boxes[box + 3 + axis]) / 2;
      spans[box + 3 + axis] = (boxes[box + 3 + axis] - boxes[box + axis]) / 2;
    }
  }
  return spans;
}

function triangleOrder(mesh: Mesh, grid: MeshGrid | undefined): LeafOrder {
  if (grid) {
    const quads = tileOrder(grid.uSteps, grid.vSteps, tile);
    const order = new Uint32Array(2 * quads.order.length);
    for (let i = 0; i < quads.order.length; i++) {
      order[2 * i] = 2 * quads.order[i];
      order[2 * i + 1] = 2 * quads.order[i] + 1;
    }
    return { order, leafStarts: quads.leafStarts.map((start) => 2 * start), codes: quads.codes };
  }
  const { positions, indices } = mesh;
  const middles = new Float32Array(indices.length);
  for (let k = 0; k < indices.length; k += 3) {
    const [a, b, c] = [3 * indices[k], 3 * indices[k + 1], 3 * indices[k + 2]];
    for (let axis = 0; axis < 3; axis++) {
      // Thirds first: the sum of three great float32 may be too great.
      middles[k + axis] = positions[a + axis] / 3 + positions[b + axis] / 3 + positions[c + axis] / 3;
    }
  }
  return evenLeaves(mortonOrder(middles), leafSize);
}
