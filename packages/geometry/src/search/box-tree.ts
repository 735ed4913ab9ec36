/**
 * A tree of axis-parallel boxes in flat arrays. Nodes are numbered level by level, leaves first, the root last; children of a node
 * follow each other, at most four of them (tried 2, 4, 8: 4 is fastest).
 */
export class BoxTree {
  /** min x, y, z, max x, y, z of each node. */
  readonly boxes: Float32Array;
  /** First node of each level, leaves first, and the number of nodes at the end. */
  readonly levels: readonly number[];
  /** First child of an inner node, first place (of a point, a triangle) of a leaf. */
  readonly firstChild: Int32Array;
  /** One past the last child of an inner node or the last place of a leaf. */
  readonly endChild: Int32Array;
  /** First place below a node. */
  readonly firstPlace: Uint32Array;
  /** One past the last place below a node. */
  readonly endPlace: Uint32Array;

  /**
   * @param leafStarts first place of each leaf, and the number of places at the end
   * @param codes one ascending number a leaf: leaves with the same code / 4 are siblings, those with the same code / 16 cousins, …
   * @param leafBox writes the box of places start ≤ p < end to `boxes[offset…]`
   */
  constructor(
    leafStarts: Uint32Array,
    codes: Float64Array,
    leafBox: (boxes: Float32Array, offset: number, start: number, end: number) => void,
  ) {
    const leaves = codes.length;
    const levels = [0, leaves];
    const firsts: number[] = [];
    let current = codes;
    while (current.length > 1) {
      const offset = levels[levels.length - 2];
      const next: number[] = [];
      for (let i = 0; i < current.length; i++) {
        const code = Math.floor(current[i] / 4);
        if (next.length > 0 && next[next.length - 1] === code) continue;
        next.push(code);
        firsts.push(offset + i);
      }
      levels.push(leaves + firsts.length);
      current = Float64Array.from(next);
    }
    const nodes = levels[levels.length - 1];
    this.levels = levels;
    this.boxes = new Float32Array(6 * nodes);
    this.firstChild = new Int32Array(nodes);
    this.endChild = new Int32Array(nodes);
    this.firstPlace = new Uint32Array(nodes);
    this.endPlace = new Uint32Array(nodes);
    const { boxes, firstChild, endChild, firstPlace, endPlace } = this;
    for (let leaf = 0; leaf < leaves; leaf++) {
      firstChild[leaf] = firstPlace[leaf] = leafStarts[leaf];
      endChild[leaf] = endPlace[leaf] = leafStarts[leaf + 1];
      leafBox(boxes, 6 * leaf, leafStarts[leaf], leafStarts[leaf + 1]);
    }
    for (let level = 1; level + 1 < levels.length; level++) {
      for (let node = levels[level]; node < levels[level + 1]; node++) {
        const first = firsts[node - leaves];
        const end = node + 1 < levels[level + 1] ? firsts[node + 1 - leaves] : levels[level];
        firstChild[node] = first;
        endChild[node] = end;
        firstPlace[node] = firstPlace[first];
        endPlace[node] = endPlace[end - 1];
        unite(boxes, 6 * node, first, end);
      }
    }
  }
}

function unite(boxes: Float32Array, offset: number, first: number, end: number): void {
  for (let axis = 0; axis < 6; axis++) boxes[offset + axis] = boxes[6 * first + axis];
  for (let child = first + 1; child < end; child++) {
    for (let axis = 0; axis < 3; axis++) {
      const low = boxes[6 * child + axis];
      const high = boxes[6 * child + 3 + axis];
      if (low < boxes[offset + axis]) boxes[offset + axis] = low;
      if (high > boxes[offset + 3 + axis]) boxes[offset + 3 + axis] = high;
    }
  }
}
