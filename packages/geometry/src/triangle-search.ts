import { frameStride } from './leaf-frames.js';
import { type SearchKernel, searchKernel } from './search-kernel.js';
import type { TriangleIndex } from './triangle-index.js';

/** More than the kernel's float32 rounding, as a fraction of the coordinates. */
const slack = 2 ** -19;
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
  /** Place of its nearest triangle in the index' order. */
  readonly places: Uint32Array;
}

/**
 * Lays out an index and points in the kernel's memory, as assembly/layout.ts describes it. Boxes are widened by more than the kernel's
 * rounding.
 *
 * @returns undefined if coordinates are too large or too small for float32, or there is no kernel or no memory for it
 */
export function triangleSearch(index: TriangleIndex, points: Float32Array): TriangleSearch | undefined {
  const { tree, corners, order, leaves, parents } = index;
  const { levels, firstChild, endChild } = tree;
  const leafEnd = levels[1];
  const leafParentEnd = levels[2] ?? leafEnd;
  const nodeEnd = firstChild.length;
  const pad = padding(index, points);
  if (pad === undefined) return undefined;
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
  const floats = (array: number) => new Float32Array(buffer, starts[array], sizes[array] / 4);
  const integers = (array: number) => new Int32Array(buffer, starts[array], sizes[array] / 4);
  fillNodeBoxes(floats(0), index, pad);
  fillSiblingFrames(floats(1), index, pad);
  fillLeafFrames(floats(2), index, pad);
  fillRectangles(floats(3), index, groupStarts, pad);
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
    places: new Uint32Array(buffer, starts[12], count),
  };
}

/** By how much boxes have to be widened. */
function padding({ tree }: TriangleIndex, points: Float32Array): number | undefined {
  let reach = 0;
  for (const end of tree.boxes.subarray(-6)) reach = Math.max(reach, Math.abs(end));
  let far = reach;
  for (let i = 0; i < points.length; i++) {
    const size = Math.abs(points[i]);
    if (size > far) far = size;
  }
  return reach >= least && far <= greatest ? (reach + far) * slack : undefined;
}

function fillNodeBoxes(out: Float32Array, { tree }: TriangleIndex, pad: number): void {
  const { boxes, firstChild, endChild, levels } = tree;
  for (let node = levels[1], to = 0; node < firstChild.length; node++, to += 24) {
    const first = firstChild[node];
    for (let lane = 0; lane < 4; lane++) {
      const there = first + lane < endChild[node];
      const box = 6 * (first + lane);
      for (let axis = 0; axis < 3; axis++) {
        out[to + 4 * axis + lane] = there ? boxes[box + axis] - pad : Infinity;
        out[to + 12 + 4 * axis + lane] = there ? boxes[box + 3 + axis] + pad : -Infinity;
      }
    }
  }
}

function fillSiblingFrames(out: Float32Array, { tree, frames }: TriangleIndex, pad: number): void {
  const { firstChild, endChild, levels } = tree;
  for (let node = levels[1], to = 0; to < out.length; node++, to += 60) {
    const first = firstChild[node];
    for (let lane = 0; first + lane < endChild[node]; lane++) {
      const from = frameStride * (first + lane);
      for (let k = 0; k < 12; k++) out[to + 4 * k + lane] = frames[from + k];
      for (let k = 12; k < 15; k++) out[to + 4 * k + lane] = frames[from + k] + pad;
    }
  }
}

function fillLeafFrames(out: Float32Array, { frames }: TriangleIndex, pad: number): void {
  for (let from = 0, to = 0; to < out.length; from += frameStride, to += 16) {
    out[to] = frames[from];
    out[to + 1] = frames[from + 1];
    out[to + 2] = frames[from + 2];
    out[to + 3] = frames[from + 14] + pad;
    for (let axis = 0; axis < 3; axis++) {
      out[to + 4 + 4 * axis] = frames[from + 3 + axis];
      out[to + 5 + 4 * axis] = frames[from + 6 + axis];
      out[to + 6 + 4 * axis] = frames[from + 9 + axis];
      out[to + 7 + 4 * axis] = 0;
    }
  }
}

function fillRectangles(out: Float32Array, index: TriangleIndex, groupStarts: Int32Array, pad: number): void {
  const { rectangles } = index;
  const { firstChild, endChild } = index.tree;
  for (let leaf = 0; leaf + 1 < groupStarts.length; leaf++) {
    const end = endChild[leaf];
    let to = 16 * groupStarts[leaf];
    for (let place = firstChild[leaf]; place < end; place += 4, to += 16) {
      for (let lane = 0; lane < 4; lane++) {
        const there = place + lane < end;
        const r = 4 * (place + lane);
        out[to + lane] = there ? rectangles[r] - pad : Infinity;
        out[to + 4 + lane] = there ? rectangles[r + 1] + pad : -Infinity;
        out[to + 8 + lane] = there ? rectangles[r + 2] - pad : Infinity;
        out[to + 12 + lane] = there ? rectangles[r + 3] + pad : -Infinity;
      }
    }
  }
}
