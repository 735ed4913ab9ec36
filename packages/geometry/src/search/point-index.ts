import type { MeshGrid } from '../mesh/mesh-grid.js';
import { BoxTree } from './box-tree.js';
import { mortonOrder } from './morton-order.js';
import { pointsBox } from './points-box.js';
import { evenLeaves, tileOrder } from './tile-order.js';

/** Points in a leaf. Tried 4, 8, 16: 16 is fastest to build and to search. */
const leafSize = 16;
/** Rows and columns of a leaf of a grid. */
const tile = 4;

/**
 * Exact nearest neighbours of points: a tree of boxes over the points, in the order of their grid if they are over one, else in
 * Morton order. Building it for 40,401 points: 2.7 to 3.4 ms in Morton order, 0.9 ms in the order of a grid.
 */
export class PointIndex {
  /** x, y, z of each point in the tree's order. */
  readonly points: Float32Array;
  /** For each place in the tree's order the point's original index. */
  readonly order: Uint32Array;
  /** The inverse of {@link order}. */
  readonly places: Uint32Array;
  readonly tree: BoxTree;
  /** Place of the point that the last {@link nearest} found. */
  place = 0;
  /** Its squared distance. */
  squaredDistance = 0;

  private readonly stack = new Int32Array(256);
  private readonly stackDistances = new Float64Array(256);

  /**
   * @param positions x, y, z of each point: at least one point, all finite (see `checkedPoints`)
   * @param grid of a mesh whose vertices these are; see `meshGrid`
   */
  constructor(positions: Float32Array, grid?: MeshGrid) {
    const { order, leafStarts, codes } = grid
      ? tileOrder(grid.uSteps + 1, grid.vSteps + 1, tile)
      : evenLeaves(mortonOrder(positions), leafSize);
    const count = order.length;
    this.order = order;
    this.places = new Uint32Array(count);
    this.points = new Float32Array(positions.length);
    const { places, points } = this;
    for (let place = 0; place < count; place++) {
      const from = 3 * order[place];
      places[order[place]] = place;
      points[3 * place] = positions[from];
      points[3 * place + 1] = positions[from + 1];
      points[3 * place + 2] = positions[from + 2];
    }
    this.tree = new BoxTree(leafStarts, codes, (boxes, offset, start, end) => {
      pointsBox(points, boxes, offset, start, end);
    });
  }

  /**
   * Finds the nearest point and leaves its place and squared distance in {@link place} and {@link squaredDistance}.
   *
   * @param seed a place whose point is probably near: the better the guess, the faster the search
   * @param enough the search may stop at the first point whose squared distance is at most this
   */
  nearest(x: number, y: number, z: number, seed: number, enough = -1): void {
    const { points, stack, stackDistances } = this;
    const { boxes, firstChild, endChild, levels } = this.tree;
    const leaves = levels[1];
    let place = seed;
    let dx = points[3 * seed] - x;
    let dy = points[3 * seed + 1] - y;
    let dz = points[3 * seed + 2] - z;
    let best = dx * dx + dy * dy + dz * dz;
    let top = 0;
    if (best > enough) {
      stack[0] = firstChild.length - 1;
      stackDistances[0] = 0;
      top = 1;
    }
    while (top > 0) {
      top--;
      if (stackDistances[top] >= best) continue;
      const node = stack[top];
      const end = endChild[node];
      if (node < leaves) {
        for (let candidate = firstChild[node], offset = 3 * candidate; candidate < end; candidate++, offset += 3) {
          dx = points[offset] - x;
          dy = points[offset + 1] - y;
          dz = points[offset + 2] - z;
          const distance = dx * dx + dy * dy + dz * dz;
          if (distance < best) {
            best = distance;
            place = candidate;
          }
        }
        if (best <= enough) break;
        continue;
      }
      // Rounding is monotonic, so a box is never further than the points in it and nothing is lost to rounding.
      const base = top;
      for (let child = firstChild[node], box = 6 * child; child < end; child++, box += 6) {
        dx = x < boxes[box] ? boxes[box] - x : x > boxes[box + 3] ? x - boxes[box + 3] : 0;
        dy = y < boxes[box + 1] ? boxes[box + 1] - y : y > boxes[box + 4] ? y - boxes[box + 4] : 0;
        dz = z < boxes[box + 2] ? boxes[box + 2] - z : z > boxes[box + 5] ? z - boxes[box + 5] : 0;
        const distance = dx * dx + dy * dy + dz * dz;
        if (distance >= best) continue;
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
    this.place = place;
    this.squaredDistance = best;
  }
}
