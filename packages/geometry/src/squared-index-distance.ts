import type { PointIndex } from './point-index.js';

/**
 * The square of the greatest distance from a point of `from` to the nearest point of `to`, by branch and bound: the tree of `from` is walked
 * level by level. A node is dropped when some point of `to` is so near that no point in the node's box can be further from it
 * than the greatest distance seen so far. One nearest search for one point of each node left finds better such points and raises
 * the greatest distance.
 *
 * @param atLeast a squared distance already known: the result is not less, and all that cannot exceed it is skipped
 */
export function squaredIndexDistance(from: PointIndex, to: PointIndex, atLeast = -1): number {
  const { points, boxes, levels } = from;
  const target = to.points;
  let greatest = atLeast;
  // For each node still open: a place in `to` that is near its points.
  let open = Int32Array.of(levels[levels.length - 1] - 1);
  let near = Int32Array.of(0);
  for (let level = levels.length - 2; level >= 0; level--) {
    let kept = 0;
    for (let i = 0; i < open.length; i++) {
      const node = open[i];
      if (farthest(boxes, 6 * node, target, 3 * near[i]) <= greatest) continue;
      const middle = 3 * middlePlace(from, node, level);
      to.nearest(points[middle], points[middle + 1], points[middle + 2], near[i]);
      if (to.squaredDistance > greatest) greatest = to.squaredDistance;
      open[kept] = node;
      near[kept++] = to.place;
    }
    const nextOpen = new Int32Array(level > 0 ? 4 * kept : kept);
    const nextNear = new Int32Array(nextOpen.length);
    let next = 0;
    for (let i = 0; i < kept; i++) {
      const node = open[i];
      if (farthest(boxes, 6 * node, target, 3 * near[i]) <= greatest) continue;
      if (level === 0) {
        nextOpen[next] = node;
        nextNear[next++] = near[i];
        continue;
      }
      for (let child = from.first(node); child < from.end(node); child++) {
        nextOpen[next] = child;
        nextNear[next++] = near[i];
      }
    }
    open = nextOpen.subarray(0, next);
    near = nextNear.subarray(0, next);
  }
  for (let i = 0; i < open.length; i++) {
    let seed = near[i];
    const end = from.end(open[i]);
    for (let place = from.first(open[i]); place < end; place++) {
      const offset = 3 * place;
      to.nearest(points[offset], points[offset + 1], points[offset + 2], seed, greatest);
      if (to.squaredDistance > greatest) greatest = to.squaredDistance;
      seed = to.place;
    }
  }
  return greatest;
}

/** A place near the middle of the node's points. */
function middlePlace(index: PointIndex, node: number, level: number): number {
  let at = node;
  for (let i = level; i > 0; i--) at = (index.first(at) + index.end(at)) >> 1;
  return (index.first(at) + index.end(at)) >> 1;
}

/** Squared distance from a point to the corner of a box that is furthest from it. */
function farthest(boxes: Float32Array, box: number, points: Float32Array, offset: number): number {
  const x = points[offset];
  const y = points[offset + 1];
  const z = points[offset + 2];
  const dx = Math.max(x - boxes[box], boxes[box + 3] - x);
  const dy = Math.max(y - boxes[box + 1], boxes[box + 4] - y);
  const dz = Math.max(z - boxes[box + 2], boxes[box + 5] - z);
  return dx * dx + dy * dy + dz * dz;
}
