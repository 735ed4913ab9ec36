import type { PointIndex } from './point-index.js';

/** Nodes are only split further while at least this part of them is dropped: else it is faster to look at their points. */
const worthwhile = 0.5;

/**
 * The square of the greatest distance from a point of `from` to the nearest point of `to`, by branch and bound. The tree of
 * `from` is walked level by level; a node is dropped when some point of `to` is so near that no point in the node's box can be
 * further from it than the greatest distance seen so far. One nearest search for one point of each node left finds better such
 * points and raises the greatest distance. The points of the nodes left in the end are looked at one by one: most have a point
 * of `to` within the greatest distance that can be guessed, and need no search.
 *
 * Tried on the pairs of test/golden/hausdorff.json (both directions, trees included): a search for every point 160 to 770 ms; branch and
 * bound down to the leaves, without guesses, 18 to 130 ms; as here 11 to 30 ms; as here with trees in the order of the grid instead of Morton's,
 * 3 to 15 ms (the first three on a busy machine, about half that on a quiet one).
 *
 * @param atLeast a squared distance already known: the result is not less, and all that cannot exceed it is skipped
 */
export function squaredIndexDistance(from: PointIndex, to: PointIndex, atLeast = -1): number {
  const { points, tree } = from;
  const { boxes, levels, firstChild, endChild, firstPlace, endPlace } = tree;
  let greatest = atLeast;
  // For each node still open: a point of `from` whose neighbour is known, and that neighbour.
  let nodes = [levels[levels.length - 1] - 1];
  let anchors = [0];
  let neighbours = [0];
  for (let level = levels.length - 2; level >= 0; level--) {
    let kept = 0;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      if (farthest(boxes, 6 * node, to.points, 3 * neighbours[i]) <= greatest) continue;
      const middle = (firstPlace[node] + endPlace[node]) >> 1;
      const offset = 3 * middle;
      const seed = guess(from, to, middle, anchors[i], neighbours[i]);
      to.nearest(points[offset], points[offset + 1], points[offset + 2], seed);
      if (to.squaredDistance > greatest) greatest = to.squaredDistance;
      nodes[kept] = node;
      anchors[kept] = middle;
      neighbours[kept++] = to.place;
    }
    const nextNodes: number[] = [];
    const nextAnchors: number[] = [];
    const nextNeighbours: number[] = [];
    for (let i = 0; i < kept; i++) {
      if (farthest(boxes, 6 * nodes[i], to.points, 3 * neighbours[i]) <= greatest) continue;
      const end = level > 0 ? endChild[nodes[i]] : nodes[i] + 1;
      for (let child = level > 0 ? firstChild[nodes[i]] : nodes[i]; child < end; child++) {
        nextNodes.push(child);
        nextAnchors.push(anchors[i]);
        nextNeighbours.push(neighbours[i]);
      }
    }
    const childrenOfAll = level > 0 ? 4 * nodes.length : nodes.length;
    const poor = nodes.length >= 64 && nextNodes.length > (1 - worthwhile) * childrenOfAll;
    nodes = nextNodes;
    anchors = nextAnchors;
    neighbours = nextNeighbours;
    if (poor || level === 0) return pointsDistance(from, to, nodes, anchors, neighbours, greatest);
  }
  return greatest;
}

/** The last step: the points of the open nodes one by one. */
function pointsDistance(
  from: PointIndex,
  to: PointIndex,
  nodes: readonly number[],
  anchors: readonly number[],
  neighbours: readonly number[],
  atLeast: number,
): number {
  const { points } = from;
  const target = to.points;
  let greatest = atLeast;
  for (let i = 0; i < nodes.length; i++) {
    if (farthest(from.tree.boxes, 6 * nodes[i], target, 3 * neighbours[i]) <= greatest) continue;
    let anchor = anchors[i];
    let neighbour = neighbours[i];
    const end = from.tree.endPlace[nodes[i]];
    for (let place = from.tree.firstPlace[nodes[i]]; place < end; place++) {
      const x = points[3 * place];
      const y = points[3 * place + 1];
      const z = points[3 * place + 2];
      neighbour = guess(from, to, place, anchor, neighbour);
      anchor = place;
      const dx = target[3 * neighbour] - x;
      const dy = target[3 * neighbour + 1] - y;
      const dz = target[3 * neighbour + 2] - z;
      if (dx * dx + dy * dy + dz * dz <= greatest) continue;
      to.nearest(x, y, z, neighbour, greatest);
      neighbour = to.place;
      if (to.squaredDistance > greatest) greatest = to.squaredDistance;
    }
  }
  return greatest;
}

/**
 * A point of `to` that is probably near the point of `from` at `place`, given the neighbour of another point: that same
 * neighbour, or the one as many vertices further on as the two points of `from` are apart. On two meshes over grids of the same
 * size the latter is nearly always a neighbour. A guess only: nothing depends on its being right.
 */
function guess(from: PointIndex, to: PointIndex, place: number, anchor: number, neighbour: number): number {
  const vertex = to.order[neighbour] + from.order[place] - from.order[anchor];
  if (vertex < 0 || vertex >= to.order.length) return neighbour;
  const shifted = to.places[vertex];
  const p = from.points;
  const q = to.points;
  const ax = p[3 * place] - q[3 * shifted];
  const ay = p[3 * place + 1] - q[3 * shifted + 1];
  const az = p[3 * place + 2] - q[3 * shifted + 2];
  const bx = p[3 * place] - q[3 * neighbour];
  const by = p[3 * place + 1] - q[3 * neighbour + 1];
  const bz = p[3 * place + 2] - q[3 * neighbour + 2];
  return ax * ax + ay * ay + az * az < bx * bx + by * by + bz * bz ? shifted : neighbour;
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
