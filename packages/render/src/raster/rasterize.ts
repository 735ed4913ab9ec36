import type { Scratch } from '../scratch.js';

/** Where rasterised triangles land: for every sample the nearest triangle. */
export interface VisibilityBuffer {
  /** Samples across and down. */
  columns: number;
  rows: number;
  /** Where in its cell a row's samples lie, in samples from the cell's left edge; 0.5 is the middle. One number a row. */
  sampleAt: Float64Array;
  /** 1/depth (or any value that is greater where nearer), 0 where nothing is; columns · rows. */
  near: Float32Array;
  /** 4 · triangle number + 2 if in the sun + 1 if its front is seen; −1 where nothing is. */
  tag: Int32Array;
  /** First sample of each row that anything was drawn to, and one past the last. */
  rowStart: Int32Array;
  rowEnd: Int32Array;
}

/** Tag bit of triangles that turn anticlockwise with y up. */
export const frontTag = 1;
/** Tag bit of triangles in the sun. */
const litTag = 2;

/** Working memory for a buffer of that many samples. Every row's samples lie in the middle of their cells. */
export function visibilityBuffer(name: string, columns: number, rows: number, scratch: Scratch): VisibilityBuffer {
  return {
    columns,
    rows,
    sampleAt: scratch.float64(`${name}SampleAt`, rows).fill(0.5, 0, rows),
    near: scratch.float32(`${name}Near`, columns * rows).fill(0, 0, columns * rows),
    tag: scratch.int32(`${name}Tag`, columns * rows).fill(-1, 0, columns * rows),
    rowStart: scratch.int32(`${name}RowStart`, rows).fill(columns, 0, rows),
    rowEnd: scratch.int32(`${name}RowEnd`, rows).fill(0, 0, rows),
  };
}

/**
 * Fills a visibility buffer by scan lines.
 *
 * A sample is inside where its centre is, half-open, and an edge's crossing with a row is computed from its upper end by the
 * same formula for both triangles that share it: no gaps, no double hits. 1/depth is linear in the image, so it is exact.
 *
 * Approaches, as time of a whole 224 × 224 image on a busy 2.4 GHz EPYC core, best of 14: vertex x, y, 1/depth and normals in
 * arrays of their own and look-ups of per-triangle flags 9.2 ms; one block of six numbers a vertex and flags within the tag
 * 8.6 ms. Rasterising is 30 % of an image (79,000 spans of 5 samples), shading 40 %.
 *
 * @param vertices per vertex `stride` numbers: x and y in samples, then what `VisibilityBuffer.near` holds (positive)
 * @param lit per triangle whether the sun reaches it; all are lit when left out
 */
export function rasterize(
  buffer: VisibilityBuffer,
  vertices: Float64Array,
  stride: number,
  indices: Uint32Array,
  indexCount: number,
  lit?: Uint8Array,
): void {
  const { columns, rows, sampleAt, tag, rowStart, rowEnd } = buffer;
  const nearest = buffer.near;
  for (let t = 0, k = 0; k < indexCount; t++, k += 3) {
    const i0 = indices[k] * stride;
    const i1 = indices[k + 1] * stride;
    const i2 = indices[k + 2] * stride;
    let xa = vertices[i0];
    let ya = vertices[i0 + 1];
    let xb = vertices[i1];
    let yb = vertices[i1 + 1];
    let xc = vertices[i2];
    let yc = vertices[i2 + 1];
    const area = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya);
    // Written so that NaN is rejected, too.
    if (!(Math.abs(area) > 1e-12)) continue;
    const n0 = vertices[i0 + 2];
    const dn1 = vertices[i1 + 2] - n0;
    const dn2 = vertices[i2 + 2] - n0;
    const alongX = (dn1 * (yc - ya) - dn2 * (yb - ya)) / area;
    const alongY = ((xb - xa) * dn2 - (xc - xa) * dn1) / area;
    const origin = n0 - xa * alongX - ya * alongY;
    // Sort by y.
    let swap: number;
    if (yb < ya) {
      swap = xa;
      xa = xb;
      xb = swap;
      swap = ya;
      ya = yb;
      yb = swap;
    }
    if (yc < yb) {
      swap = xb;
      xb = xc;
      xc = swap;
      swap = yb;
      yb = yc;
      yc = swap;
      if (yb < ya) {
        swap = xa;
        xa = xb;
        xb = swap;
        swap = ya;
        ya = yb;
        yb = swap;
      }
    }
    const first = ya > 0.5 ? Math.ceil(Math.min(ya - 0.5, rows)) | 0 : 0;
    const end = yc < rows - 0.5 ? Math.ceil(Math.max(yc - 0.5, 0)) | 0 : rows;
    if (first >= end) continue;
    const mark = (t << 2) | (lit === undefined || lit[t] === 1 ? litTag : 0) | (area < 0 ? frontTag : 0);
    const slopeAC = (xc - xa) / (yc - ya);
    const slopeAB = (xb - xa) / (yb - ya);
    const slopeBC = (xc - xb) / (yc - yb);
    const bIsRight = xb > xa + (yb - ya) * slopeAC;
    for (let row = first; row < end; row++) {
      const center = row + 0.5;
      const long = xa + (center - ya) * slopeAC;
      const short = center < yb ? xa + (center - ya) * slopeAB : xb + (center - yb) * slopeBC;
      const at = sampleAt[row];
      const left = (bIsRight ? long : short) - at;
      const right = (bIsRight ? short : long) - at;
      const from = left > 0 ? Math.ceil(Math.min(left, columns)) | 0 : 0;
      const to = right < columns ? Math.ceil(Math.max(right, 0)) | 0 : columns;
      if (from >= to) continue;
      if (from < rowStart[row]) rowStart[row] = from;
      if (to > rowEnd[row]) rowEnd[row] = to;
      let value = origin + center * alongY + (from + at) * alongX;
      const start = row * columns;
      for (let sample = start + from, last = start + to; sample < last; sample++) {
        if (value > nearest[sample]) {
          nearest[sample] = value;
          tag[sample] = mark;
        }
        value += alongX;
      }
    }
  }
}
