import { mortonOrder } from './morton-order.js';

/** Points in a leaf. Tried 4, 8, 16: 16 is fastest to build and to search. */
const leafSize = 16;
/** Children of an inner node. Tried 2, 4, 8: 4 is fastest. */
export const fanOut = 4;

/**
 * Exact nearest neighbours of points: a tree of boxes over the points in Morton order, four children a node, stored in flat
 * arrays. Nodes are numbered level by level, leaves first, the root last.
 */
export class PointIndex {
  /** x, y, z of each point in Morton order. */
  readonly points: Float32Array;
  /** For each place in Morton order the point's original index. */
  readonly order: Uint32Array;
  /** The inverse of {@link order}. */
  readonly places: Uint32Array;
  /** min x, y, z, max x, y, z of each node. */
  readonly boxes: Float32Array;
  /** First node of each level, leaves first, and the number of nodes at the end. */
  readonly levels: readonly number[];
  /** Place of the point that the last {@link nearest} found. */
  place = 0;
  /** Its squared distance. */
  squaredDistance = 0;

  private readonly firstChild: Int32Array;
  private readonly endChild: Int32Array;
  private readonly stack = new Int32Array(256);
  private readonly stackDistances = new Float64Array(256);

  /** @param positions x, y, z of each point: at least one point, all finite (see `checkedPositions`) */
  constructor(positions: Float32Array) {
    const count = positions.length / 3;
    this.order = mortonOrder(positions);
    this.places = new Uint32Array(count);
    this.points = new Float32Array(positions.length);
    for (let place = 0; place < count; place++) {
      const from = 3 * this.order[place];
      this.places[this.order[place]] = place;
      this.points[3 * place] = positions[from];
      this.points[3 * place + 1] = positions[from + 1];
      this.points[3 * place + 2] = positions[from + 2];
    }
    const levels = [0];
    for (let width = Math.ceil(count / leafSize); ; width = Math.ceil(width / fanOut)) {
      levels.push(levels[levels.length - 1] + width);
      if (width === 1) break;
    }
    this.levels = levels;
    const nodes = levels[levels.length - 1];
    this.boxes = new Float32Array(6 * nodes);
    this.firstChild = new Int32Array(nodes);
    this.endChild = new Int32Array(nodes);
    for (let leaf = 0; leaf < levels[1]; leaf++) {
      this.firstChild[leaf] = leaf * leafSize;
      this.endChild[leaf] = Math.min(count, (leaf + 1) * leafSize);
      this.setBox(leaf, this.points, 3, 0);
    }
    for (let level = 1; level + 1 < levels.length; level++) {
      for (let node = levels[level]; node < levels[level + 1]; node++) {
        this.firstChild[node] = levels[level - 1] + fanOut * (node - levels[level]);
        this.endChild[node] = Math.min(levels[level], this.firstChild[node] + fanOut);
        this.setBox(node, this.boxes, 6, 3);
      }
    }
  }

  /** First child of an inner node, first place of a leaf. */
  first(node: number): number {
    return this.firstChild[node];
  }

  /** One past the last child of an inner node or the last place of a leaf. */
  end(node: number): number {
    return this.endChild[node];
  }

  /** First place below a node of a level (leaves: level 0). */
  firstPlace(node: number, level: number): number {
    return (node - this.levels[level]) * leafSize * fanOut ** level;
  }

  /** One past the last place below a node of a level. */
  endPlace(node: number, level: number): number {
    return Math.min(this.order.length, this.firstPlace(node + 1, level));
  }

  /**
   * Finds the nearest point and leaves its place and squared distance in {@link place} and {@link squaredDistance}.
   *
   * @param seed a place whose point is probably near: the better the guess, the faster the search
   * @param enough the search may stop at the first point whose squared distance is at most this
   */
  nearest(x: number, y: number, z: number, seed: number, enough = -1): void {
    const { points, boxes, firstChild, endChild, stack, stackDistances } = this;
    const leaves = this.levels[1];
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

  private setBox(node: number, from: Float32Array, stride: number, maxOffset: number): void {
    const { boxes } = this;
    for (let axis = 0; axis < 3; axis++) {
      let min = Infinity;
      let max = -Infinity;
      for (let child = this.firstChild[node]; child < this.endChild[node]; child++) {
        const low = from[stride * child + axis];
        const high = from[stride * child + maxOffset + axis];
        if (low < min) min = low;
        if (high > max) max = high;
      }
      boxes[6 * node + axis] = min;
      boxes[6 * node + 3 + axis] = max;
    }
  }
}
