/** Numbers of a leaf: its box's middle, three unit axes, and half its extent along each. */
export const frameStride = 15;

export interface LeafFrames {
  /** The turned box of each leaf. */
  readonly frames: Float64Array;
  /** For each triangle its least and greatest extent along the first and second axis of its leaf, from the box's middle. */
  readonly rectangles: Float32Array;
}

/** More than float32 rounding, as a fraction of a leaf's extent. */
const slack = 1e-6;

/**
 * Boxes that are turned to lie flat on the triangles of a leaf. A leaf's patch is nearly plane, so such a box is a hundred times thinner
 * than one along x, y and z, and its distance nearly that of the patch itself.
 *
 * @param corners nine numbers a triangle
 * @param leafStarts first triangle of each leaf, and the number of triangles at the end
 */
export function leafFrames(corners: Float32Array, leafStarts: Uint32Array): LeafFrames {
  const leaves = leafStarts.length - 1;
  const frames = new Float64Array(frameStride * leaves);
  const rectangles = new Float32Array((4 * corners.length) / 9);
  for (let leaf = 0; leaf < leaves; leaf++) {
    const [start, end] = [9 * leafStarts[leaf], 9 * leafStarts[leaf + 1]];
    setAxes(frames, frameStride * leaf, corners, start, end);
    setExtents(frames, frameStride * leaf, rectangles, corners, start, end);
  }
  return { frames, rectangles };
}

/** The third axis is the mean normal, the first the longest edge of a triangle: rectangles around sheared triangles are narrow along it. */
function setAxes(frames: Float64Array, at: number, corners: Float32Array, start: number, end: number): void {
  let nx = 0;
  let ny = 0;
  let nz = 0;
  for (let i = start; i < end; i += 9) {
    const bx = corners[i + 3] - corners[i];
    const by = corners[i + 4] - corners[i + 1];
    const bz = corners[i + 5] - corners[i + 2];
    const cx = corners[i + 6] - corners[i];
    const cy = corners[i + 7] - corners[i + 1];
    const cz = corners[i + 8] - corners[i + 2];
    nx += by * cz - bz * cy;
    ny += bz * cx - bx * cz;
    nz += bx * cy - by * cx;
  }
  let length = Math.sqrt(nx * nx + ny * ny + nz * nz);
  if (!(length > 0 && length < Infinity)) {
    nx = ny = 0;
    nz = length = 1;
  }
  nx /= length;
  ny /= length;
  nz /= length;
  let ex = 0;
  let ey = 0;
  let ez = 0;
  let size = 0;
  for (let from = start; from < start + 9; from += 3) {
    const to = from === start + 6 ? start : from + 3;
    const dx = corners[to] - corners[from];
    const dy = corners[to + 1] - corners[from + 1];
    const dz = corners[to + 2] - corners[from + 2];
    const squared = dx * dx + dy * dy + dz * dz;
    if (!(squared > size)) continue;
    ex = dx;
    ey = dy;
    ez = dz;
    size = squared;
  }
  size = Math.sqrt(size);
  let up = ex * nx + ey * ny + ez * nz;
  ex -= up * nx;
  ey -= up * ny;
  ez -= up * nz;
  length = Math.sqrt(ex * ex + ey * ey + ez * ez);
  if (!(length > 1e-3 * size)) {
    // No edge to go by: the axis furthest from the normal.
    [ex, ey, ez] =
      Math.abs(nx) <= Math.min(Math.abs(ny), Math.abs(nz))
        ? [1, 0, 0]
        : Math.abs(ny) <= Math.abs(nz)
          ? [0, 1, 0]
          : [0, 0, 1];
    up = ex * nx + ey * ny + ez * nz;
    ex -= up * nx;
    ey -= up * ny;
    ez -= up * nz;
    length = Math.sqrt(ex * ex + ey * ey + ez * ez);
  }
  ex /= length;
  ey /= length;
  ez /= length;
  frames[at + 3] = ex;
  frames[at + 4] = ey;
  frames[at + 5] = ez;
  frames[at + 6] = ny * ez - nz * ey;
  frames[at + 7] = nz * ex - nx * ez;
  frames[at + 8] = nx * ey - ny * ex;
  frames[at + 9] = nx;
  frames[at + 10] = ny;
  frames[at + 11] = nz;
}

/** The box along the axes, and the triangles' rectangles. */
function setExtents(
  frames: Float64Array,
  at: number,
  rectangles: Float32Array,
  corners: Float32Array,
  start: number,
  end: number,
): void {
  const [x0, y0, z0] = [corners[start], corners[start + 1], corners[start + 2]];
  const [ex, ey, ez] = [frames[at + 3], frames[at + 4], frames[at + 5]];
  const [fx, fy, fz] = [frames[at + 6], frames[at + 7], frames[at + 8]];
  const [nx, ny, nz] = [frames[at + 9], frames[at + 10], frames[at + 11]];
  let minE = 0;
  let maxE = 0;
  let minF = 0;
  let maxF = 0;
  let minN = 0;
  let maxN = 0;
  const firstRectangle = (4 * start) / 9;
  for (let i = start, r = firstRectangle; i < end; r += 4) {
    let lowE = Infinity;
    let highE = -Infinity;
    let lowF = Infinity;
    let highF = -Infinity;
    for (const next = i + 9; i < next; i += 3) {
      const x = corners[i] - x0;
      const y = corners[i + 1] - y0;
      const z = corners[i + 2] - z0;
      const e = x * ex + y * ey + z * ez;
      const f = x * fx + y * fy + z * fz;
      const n = x * nx + y * ny + z * nz;
      if (e < lowE) lowE = e;
      if (e > highE) highE = e;
      if (f < lowF) lowF = f;
      if (f > highF) highF = f;
      if (n < minN) minN = n;
      if (n > maxN) maxN = n;
    }
    rectangles[r] = lowE;
    rectangles[r + 1] = highE;
    rectangles[r + 2] = lowF;
    rectangles[r + 3] = highF;
    if (lowE < minE) minE = lowE;
    if (highE > maxE) maxE = highE;
    if (lowF < minF) minF = lowF;
    if (highF > maxF) maxF = highF;
  }
  const middleE = (minE + maxE) / 2;
  const middleF = (minF + maxF) / 2;
  const middleN = (minN + maxN) / 2;
  const padE = slack * (maxE - minE);
  const padF = slack * (maxF - minF);
  for (let r = firstRectangle; r < (4 * end) / 9; r += 4) {
    rectangles[r] -= middleE + padE;
    rectangles[r + 1] -= middleE - padE;
    rectangles[r + 2] -= middleF + padF;
    rectangles[r + 3] -= middleF - padF;
  }
  frames[at] = x0 + middleE * ex + middleF * fx + middleN * nx;
  frames[at + 1] = y0 + middleE * ey + middleF * fy + middleN * ny;
  frames[at + 2] = z0 + middleE * ez + middleF * fz + middleN * nz;
  frames[at + 12] = (maxE - minE) / 2;
  frames[at + 13] = (maxF - minF) / 2;
  frames[at + 14] = (maxN - minN) / 2;
}

/** Squared distance from a point to the turned box of a leaf, 0 inside. */
export function squaredFrameDistance(frames: Float64Array, leaf: number, x: number, y: number, z: number): number {
  const at = frameStride * leaf;
  const dx = x - frames[at];
  const dy = y - frames[at + 1];
  const dz = z - frames[at + 2];
  const e = Math.abs(dx * frames[at + 3] + dy * frames[at + 4] + dz * frames[at + 5]) - frames[at + 12];
  const f = Math.abs(dx * frames[at + 6] + dy * frames[at + 7] + dz * frames[at + 8]) - frames[at + 13];
  const n = Math.abs(dx * frames[at + 9] + dy * frames[at + 10] + dz * frames[at + 11]) - frames[at + 14];
  return (e > 0 ? e * e : 0) + (f > 0 ? f * f : 0) + (n > 0 ? n * n : 0);
}
