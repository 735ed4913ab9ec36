import { frameStride } from './leaf-frames.js';
import { type SearchKernel, searchKernel } from './search-kernel.js';
import type { TriangleIndex } from './triangle-index.js';

/** Rounding in the kernel's bounds as a share of the coordinates. */
const rounding = 2 ** -19;
/** What rounding may be as a share of a leaf's extent, so that bounds tell leaves apart. */
const coarsest = 1 / 8;
/** Coordinates whose squares are far from float32's limits. */
const least = 1e-12;
const greatest = 1e12;
/** The kernel's table, stack and scratch are below. */
const firstArray = 4096;

/** A search that is ready to begin; good until the next one is made. */
export interface TriangleSearch {
  readonly kernel: SearchKernel;
  /** Squared distance of each point. */
  readonly squaredDistances: Float64Array;
  /** Place of its nearest triangle in the index' order; −1 for a point that is too far away for the kernel. */
  readonly places: Int32Array;
}

/**
 * Lays out an index and points in the kernel's memory, as assembly/layout.ts describes it.
 *
 * @returns undefined if float32 does not tell the mesh's leaves apart or has no squares of its coordinates, or there is no kernel or no
 *   memory for it
 */
export function triangleSearch(index: TriangleIndex, points: Float32Array): TriangleSearch | undefined {
  const { tree, corners, order, leaves, parents } = index;
  const { levels, firstChild, endChild } = tree;
  const leafEnd = levels[1];
  const leafParentEnd = levels[2] ?? leafEnd;
  const nodeEnd = firstChild.length;
  const { centre, reach, furthest } = extent(index);
  if (!(reach >= least && reach <= furthest)) return undefined;
  const groupStarts = new Int32Array(leafEnd + 1);
  for (let leaf = 0; leaf < leafEnd; leaf++) {
    groupStarts[leaf + 1] = groupStarts[leaf] + ((endChild[leaf] - firstChild[leaf] + 3) >> 2);
  }
  const count = points.length / 3;
  // In the order of the kernel's table; bytes.
  const sizes = [
    96 * (nodeEnd - leafEnd),
    240 * (leafParentEnd - leafEnd),
    64 * leafEnd,
    64 * groupStarts[leafEnd],
    groupStarts.byteLength,
    firstChild.byteLength,
    parents.byteLength,
    corners.byteLength,
    order.byteLength,
    4 * order.length,
    points.byteLength,
    8 * count,
    4 * count,
  ];
  let end = firstArray;
  const starts = sizes.map((bytes) => {
    const start = end;
    end = Math.ceil((start + bytes) / 16) * 16;
    return start;
  });
  const kernel = searchKernel(end);
  if (!kernel) return undefined;
  const { buffer } = kernel.memory;
  new Int32Array(buffer).set([leafEnd, leafParentEnd, nodeEnd, order.length, ...starts]);
  new Float64Array(buffer, 72).set(centre);
  new Float32Array(buffer, 96).set([reach, furthest]);
  const floats = (array: number) => new Float32Array(buffer, starts[array], sizes[array] / 4);
  const integers = (array: number) => new Int32Array(buffer, starts[array], sizes[array] / 4);
  fillNodeBoxes(floats(0), index, centre);
  fillSiblingFrames(floats(1), index, centre);
  fillLeafFrames(floats(2), index, centre);
  fillRectangles(floats(3), index, groupStarts);
  integers(4).set(groupStarts);
  integers(5).set(firstChild);
  integers(6).set(parents);
  floats(7).set(corners);
  integers(8).set(order);
  const leafOf = integers(9);
  for (let place = 0; place < order.length; place++) leafOf[order[place]] = leaves[place];
  floats(10).set(points);
  return {
    kernel,
    squaredDistances: new Float64Array(buffer, starts[11], count),
    places: new Int32Array(buffer, starts[12], count),
  };
}

/** The mesh's middle, how far its coordinates are from there, and how far points may be, see {@link coarsest}. */
function extent({ tree, frames }: TriangleIndex): { centre: number[]; reach: number; furthest: number } {
  const box = Array.from(tree.boxes.subarray(-6));
  const centre = [0, 1, 2].map((axis) => (box[axis] + box[axis + 3]) / 2);
  const reach = Math.max(...[0, 1, 2].map((axis) => box[axis + 3] - centre[axis]));
  // The median of some hundred leaves' shorter sides.
  const leaves = tree.levels[1];
  const sides = Float64Array.from({ length: Math.min(leaves, 101) }, (_, i, of = Math.min(leaves, 101)) => {
    const at = frameStride * Math.floor((i * leaves) / of);
    return Math.min(frames[at + 12], frames[at + 13]);
  }).sort();
  const furthest = (sides[sides.length >> 1] * coarsest) / rounding - reach;
  return { centre, reach, furthest: Math.min(furthest, greatest) };
}

function fillNodeBoxes(out: Float32Array, { tree }: TriangleIndex, centre: readonly number[]): void {
  const { boxes, firstChild, endChild, levels } = tree;
  for (let node = levels[1], to = 0; node < firstChild.length; node++, to += 24) {
    const first = firstChild[node];
    for (let lane = 0; lane < 4; lane++) {
      const there = first + lane < endChild[node];
      const box = 6 * (first + lane);
      for (let axis = 0; axis < 3; axis++) {
        out[to + 4 * axis + lane] = there ? boxes[box + axis] - centre[axis] : Infinity;
        out[to + 12 + 4 * axis + lane] = there ? boxes[box + 3 + axis] - centre[axis] : -Infinity;
      }
    }
  }
}

function fillSiblingFrames(out: Float32Array, { tree, frames }: TriangleIndex, centre: readonly number[]): void {
  const { firstChild, endChild, levels } = tree;
  for (let node = levels[1], to = 0; to < out.length; node++, to += 60) {
    const first = firstChild[node];
    for (let lane = 0; first + lane < endChild[node]; lane++) {
      const from = frameStride * (first + lane);
      for (let k = 0; k < 3; k++) out[to + 4 * k + lane] = frames[from + k] - centre[k];
      for (let k = 3; k < 15; k++) out[to + 4 * k + lane] = frames[from + k];
    }
  }
}

function fillLeafFrames(out: Float32Array, { frames }: TriangleIndex, centre: readonly number[]): void {
  for (let from = 0, to = 0; to < out.length; from += frameStride, to += 16) {
    for (let axis = 0; axis < 3; axis++) out[to + axis] = frames[from + axis] - centre[axis];
    out[to + 3] = frames[from + 14];
    for (let axis = 0; axis < 3; axis++) {
      out[to + 4 + 4 * axis] = frames[from + 3 + axis];
      out[to + 5 + 4 * axis] = frames[from + 6 + axis];
      out[to + 6 + 4 * axis] = frames[from + 9 + axis];
      out[to + 7 + 4 * axis] = 0;
    }
  }
}

function fillRectangles(out: Float32Array, index: TriangleIndex, groupStarts: Int32Array): void {
  const { rectangles } = index;
  const { firstChild, endChild } = index.tree;
  for (let leaf = 0; leaf + 1 < groupStarts.length; leaf++) {
    const end = endChild[leaf];
    let to = 16 * groupStarts[leaf];
    for (let place = firstChild[leaf]; place < end; place += 4, to += 16) {
      for (let lane = 0; lane < 4; lane++) {
        const there = place + lane < end;
        const r = 4 * (place + lane);
        out[to + lane] = there ? rectangles[r] : Infinity;
        out[to + 4 + lane] = there ? rectangles[r + 1] : -Infinity;
        out[to + 8 + lane] = there ? rectangles[r + 2] : Infinity;
        out[to + 12 + lane] = there ? rectangles[r + 3] : -Infinity;
      }
    }
  }
}
