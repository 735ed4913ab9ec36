import { checkOptions } from '../check-options.js';
import { coincidentVertices } from '../mesh/coincident-vertices.js';
import { isWatertight } from '../mesh/is-watertight.js';
import type { Mesh } from '../mesh/mesh.js';
import { signedVolume } from '../mesh/mesh-volume.js';
import { usedMesh } from '../mesh/used-mesh.js';
import { type Columns, columnCrossings } from './column-crossings.js';

/** Options of {@link volumeIoU}. */
export interface VolumeIoUOptions {
  /** Vertical lines along the longer side of the common box; the error falls about with its power of 1.5. */
  readonly resolution?: number;
}

/** What {@link volumeIoU} found. */
export interface VolumeIoU {
  /** Intersection over union, 0 to 1. */
  readonly iou: number;
  /**
   * An estimate of the greatest error of `iou`, from coarser sets of lines and from how well the lines tell each mesh's own volume; no
   * strict bound.
   */
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
 * Intersection over union of the volumes inside two watertight meshes. The meshes' own volumes are exact (divergence theorem), but for what is
 * wound around more than once or has parts that are inside out; of that and of the common part the lengths along vertical lines are exact and
 * the lines are on a regular grid. So nothing is random and the only error is between the lines. Memory is linear in the meshes and in the
 * number of lines.
 *
 * A point is inside where a mesh winds around it, how often and which way round does not matter.
 *
 * @throws if a mesh is not sound or not watertight, neither has a volume, or the resolution is not an integer from 8 to 4096
 */
export function volumeIoU(a: Mesh, b: Mesh, options: VolumeIoUOptions = {}): VolumeIoU {
  checkOptions('volumeIoU', options, defaults);
  const { resolution } = { ...defaults, ...options };
  if (!Number.isInteger(resolution) || resolution < 8 || resolution > 4096) {
    throw new Error(`volumeIoU: resolution is wrong; expected an integer from 8 to 4096, got ${resolution}`);
  }
  const [solidA, solidB] = [solid(a, 'a'), solid(b, 'b')];
  const found = measure(solidA, solidB, resolution);
  const { iou, intersection, union } = found;
  if (!(union > 0)) throw new Error('volumeIoU: neither a nor b has a volume; expected one that encloses something');
  const changes = coarser.map((part) =>
    Math.abs(measure(solidA, solidB, Math.round(part * resolution), found).iou - iou),
  );
  // Where the lines miss a mesh, or most of it, they miss what it has in common with the other too.
  const missed = Math.max(...found.missed);
  const most = missed < union ? Math.min(1, (intersection + missed) / (union - missed)) : 1;
  const least = Math.max(0, (intersection - missed) / (union + missed));
  const error = Math.max(...changes, most - iou, iou - least);
  return { iou, error, intersection, union };
}

/** A watertight mesh without the triangles that are edges or points, and what only they use: they hold no volume. */
function solid(mesh: Mesh, name: string): Mesh {
  const { positions, indices } = usedMesh(mesh, 'volumeIoU', name);
  if (!isWatertight({ positions, indices })) {
    throw new Error(`volumeIoU: ${name} is open; expected a watertight mesh (see isWatertight)`);
  }
  const first = coincidentVertices(positions);
  const isFlat = (k: number) => {
    const [a, b, c] = [first[indices[k]], first[indices[k + 1]], first[indices[k + 2]]];
    return a === b || b === c || c === a;
  };
  const kept = indices.filter((_, i) => !isFlat(i - (i % 3)));
  if (kept.length === indices.length) return { positions, indices };
  return usedMesh({ positions, indices: kept }, 'volumeIoU', name);
}

interface Measured {
  readonly iou: number;
  readonly intersection: number;
  readonly union: number;
  /** By how much the volumes inside a and b differ from those of the divergence theorem. */
  readonly corrections: readonly number[];
  /** By how much the lines over a and over b are wrong about what the divergence theorem knows. */
  readonly missed: readonly number[];
}

/** @param finer a measurement with more lines: what it found to need no correction needs none */
function measure(a: Mesh, b: Mesh, resolution: number, finer?: Measured): Measured {
  const volumes = [a, b].map((mesh) => Math.abs(signedVolume(mesh)));
  const wound = [a, b].map((mesh, i) => {
    return finer?.corrections[i] === 0 ? { correction: 0, volume: volumes[i] } : windingCorrection(mesh, resolution);
  });
  const corrections = wound.map(({ correction }) => correction);
  const missed = wound.map(({ volume }, i) => Math.abs(volume - volumes[i]));
  const [volumeA, volumeB] = volumes.map((volume, i) => volume + corrections[i]);
  const intersection = Math.min(commonVolume(a, b, resolution), volumeA, volumeB);
  const union = volumeA + volumeB - intersection;
  return { iou: union > 0 ? intersection / union : 0, intersection, union, corrections, missed };
}

/**
 * The volume where a mesh winds around a point, less that of the divergence theorem (0 where it winds once and everywhere the same way),
 * and the latter, both as lines tell them.
 */
function windingCorrection(mesh: Mesh, resolution: number): { correction: number; volume: number } {
  const columns = columnsOver(rectangle(mesh), resolution);
  if (!columns) return { correction: 0, volume: 0 };
  const { starts, heights, turns } = columnCrossings(mesh, columns);
  let inside = 0;
  let wound = 0;
  for (let column = 0; column + 1 < starts.length; column++) {
    let winding = 0;
    for (let i = starts[column]; i + 1 < starts[column + 1]; i++) {
      winding += turns[i];
      const length = heights[i + 1] - heights[i];
      if (winding !== 0) inside += length;
      wound += winding * length;
    }
  }
  const cell = columns.stepX * columns.stepY;
  return { correction: (inside - Math.abs(wound)) * cell, volume: Math.abs(wound) * cell };
}

function commonVolume(a: Mesh, b: Mesh, resolution: number): number {
  const [boxA, boxB] = [a, b].map(rectangle);
  const common = boxA.map((end, i) => (i < 2 ? Math.max(end, boxB[i]) : Math.min(end, boxB[i])));
  const columns = columnsOver(common, resolution);
  if (!columns) return 0;
  const { countX, countY } = columns;
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

/** About as many lines along the longer side of a rectangle as the resolution says; undefined over an empty one. */
function columnsOver([minX, minY, maxX, maxY]: readonly number[], resolution: number): Columns | undefined {
  if (!(maxX > minX && maxY > minY)) return undefined;
  const step = Math.max(maxX - minX, maxY - minY) / resolution;
  const [countX, countY] = [Math.ceil((maxX - minX) / step), Math.ceil((maxY - minY) / step)];
  const [stepX, stepY] = [(maxX - minX) / countX, (maxY - minY) / countY];
  return { x0: minX, y0: minY, stepX, stepY, countX, countY };
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
