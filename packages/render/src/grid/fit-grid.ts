import type { ParametricSurface } from '@kanrecon/geometry';
import type { Camera } from '../camera/camera.js';
import { cameraFromExtents } from '../camera/camera-from-extents.js';
import type { Grid } from './choose-grid.js';

/**
 * The study's camera fit for points of a surface on a grid. The surface reaches a little further than its points: by the top of
 * the parabolas through the outermost point and its neighbours, along u and along v.
 *
 * @param positions in `gridMesh`'s order
 */
export function fitGrid(
  { closedU, closedV }: ParametricSurface,
  { us, vs }: Grid,
  positions: Float64Array,
  rotation: Float64Array,
  t: number,
): Camera {
  const columns = us[0].length;
  const rows = vs.length;
  const r = rotation;
  const extents = [1, -1, 1, -1].map((sign, k) => {
    const axis = k < 2 ? 0 : 1;
    const ex = sign * r[axis] + t * r[2];
    const ey = sign * r[3 + axis] + t * r[5];
    const ez = sign * r[6 + axis] + t * r[8];
    const reach = (vertex: number) =>
      ex * positions[3 * vertex] + ey * positions[3 * vertex + 1] + ez * positions[3 * vertex + 2];
    let most = Number.NEGATIVE_INFINITY;
    let at = 0;
    for (let vertex = 0; 3 * vertex < positions.length; vertex++) {
      const value = reach(vertex);
      if (value > most) {
        most = value;
        at = vertex;
      }
    }
    const first = at - (at % (columns * rows));
    const i = Math.floor((at - first) / rows);
    const j = (at - first) % rows;
    const before = i > 0 ? i - 1 : closedU ? columns - 2 : undefined;
    const after = i + 1 < columns ? i + 1 : closedU ? 1 : undefined;
    const below = j > 0 ? j - 1 : closedV ? rows - 2 : undefined;
    const above = j + 1 < rows ? j + 1 : closedV ? 1 : undefined;
    let beyond = 0;
    if (before !== undefined && after !== undefined) {
      beyond += top(reach(first + before * rows + j), most, reach(first + after * rows + j));
    }
    if (below !== undefined && above !== undefined) {
      beyond += top(reach(first + i * rows + below), most, reach(first + i * rows + above));
    }
    return most + beyond;
  });
  return cameraFromExtents(extents, rotation, t);
}

/** How far the parabola through three evenly spaced values, of which the middle one is the greatest, rises above it. */
function top(before: number, middle: number, after: number): number {
  const bend = 2 * middle - before - after;
  return bend > 0 ? (after - before) ** 2 / (8 * bend) : 0;
}
