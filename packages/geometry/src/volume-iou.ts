import { checkedTriangles } from './checked-triangles.js';
import { type Columns, columnCrossings } from './column-crossings.js';
import { isWatertight } from './is-watertight.js';
import type { Mesh } from './mesh.js';
import { signedVolume } from './mesh-volume.js';

/** Options of {@link volumeIoU}. */
export interface VolumeIoUOptions {
  /** Vertical lines along the longer side of the common box; the error falls about with its power of 1.5. */
  readonly resolution?: number;
}

/** What {@link volumeIoU} found. */
export interface VolumeIoU {
  /** Intersection over union, 0 to 1. */
  readonly iou: number;
  /** An estimate of the greatest error of `iou`, from coarser sets of lines; no strict bound. */
  readonly error: number;
  /** Cubic units. */
  readonly intersection: number;
  /** Cubic units. */
  readonly union: number;
}

const defaults: Required<VolumeIoUOptions> = { resolution: 256 };
/** Coarser sets of lines that the error is estimated from, as fractions of the resolution. */
const coarser = [0.5, 0.7];

/**
 * Intersection over union of the volumes inside two watertight meshes. The meshes' own volumes are exact (divergence theorem); of the common
 * part the lengths along vertical lines are exact and the lines are on a regular grid over the common box. So nothing is random and the only
 * error is between the lines. Memory is linear in the meshes and in the number of lines.
 *
 * A point is inside where a mesh winds around it. A mesh that overlaps itself has the overlap counted twice in the union.
 *
 * @throws if a mesh is not sound or not watertight, or the resolution is not an integer from 8 to 4096
 */
export function volumeIoU(a: Mesh, b: Mesh, options: VolumeIoUOptions = {}): VolumeIoU {
  const { resolution } = { ...defaults, ...options };
  if (!Number.isInteger(resolution) || resolution < 8 || resolution > 4096) {
    throw new Error(`volumeIoU: resolution is wrong; expected an integer from 8 to 4096, got ${resolution}`);
  }
  for (const [mesh, name] of [
    [a, 'a'],
    [b, 'b'],
  ] as const) {
    if (!isWatertight(checkedTriangles(mesh, 'volumeIoU', name))) {
      throw new Error(`volumeIoU: ${name} is open; expected a watertight mesh (see isWatertight)`);
    }
  }
  const volumes = Math.abs(signedVolume(a)) + Math.abs(signedVolume(b));
  const measured = commonVolume(a, b, resolution);
  const spread = Math.max(
    ...coarser.map((part) => Math.abs(commonVolume(a, b, Math.round(part * resolution)) - measured)),
  );
  const intersection = Math.min(measured, volumes / 2);
  const union = volumes - intersection;
  // d(I / (V − I)) / dI = V / (V − I)².
  const error = union > 0 ? (spread * volumes) / (union * union) : 0;
  return { iou: union > 0 ? intersection / union : 0, error, intersection, union };
}

function commonVolume(a: Mesh, b: Mesh, resolution: number): number {
  const [boxA, boxB] = [a, b].map(rectangle);
  const [minX, minY] = [0, 1].map((axis) => Math.max(boxA[axis], boxB[axis]));
  const [maxX, maxY] = [2, 3].map((axis) => Math.min(boxA[axis], boxB[axis]));
  if (!(maxX > minX && maxY > minY)) return 0;
  const step = Math.max(maxX - minX, maxY - minY) / resolution;
  const [countX, countY] = [Math.ceil((maxX - minX) / step), Math.ceil((maxY - minY) / step)];
  const columns: Columns = {
    x0: minX,
    y0: minY,
    stepX: (maxX - minX) / countX,
    stepY: (maxY - minY) / countY,
    countX,
    countY,
  };
  const [inA, inB] = [columnCrossings(a, columns), columnCrossings(b, columns)];
  let length = 0;
  for (let column = 0; column < countX * countY; column++) {
    let [i, j] = [inA.starts[column], inB.starts[column]];
    const [endI, endJ] = [inA.starts[column + 1], inB.starts[column + 1]];
    let windA = 0;
    let windB = 0;
    let last = 0;
    while (i < endI && j < endJ) {
      const next = Math.min(inA.heights[i], inB.heights[j]);
      if (windA !== 0 && windB !== 0) length += next - last;
      last = next;
      if (inA.heights[i] === next) windA += inA.turns[i++];
      else windB += inB.turns[j++];
    }
    // Once a line has left one mesh for good nothing is common any more.
  }
  return length * columns.stepX * columns.stepY;
}

/** Least x and y, greatest x and y. */
function rectangle({ positions }: Mesh): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < positions.length; k += 3) {
    for (let axis = 0; axis < 2; axis++) {
      box[axis] = Math.min(box[axis], positions[k + axis]);
      box[axis + 2] = Math.max(box[axis + 2], positions[k + axis]);
    }
  }
  return box;
}
