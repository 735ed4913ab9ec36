import type { ParametricSurface } from '@kanrecon/geometry';
import type { Scratch } from '../scratch.js';
import type { Grid } from './choose-grid.js';
import type { GridMesh } from './grid-mesh.js';

/**
 * Moves the vertices of a grid off a curved surface by what their triangles lie inside it on average, so that outlines and depths are
 * right in the mean. For a quadratic form a triangle's mean error is 1/24 of the second differences along its three edges.
 *
 * @returns the moved points, in working memory; ends of open directions stay
 */
export function settleGrid(
  surface: ParametricSurface,
  { us, vs }: Grid,
  { positions: p }: GridMesh,
  scratch: Scratch,
): Float64Array {
  const columns = us[0].length;
  const rows = vs.length;
  const { closedU, closedV, poleVMin, poleVMax } = surface;
  const out = scratch.float64('settled', p.length).subarray(0, p.length);
  for (let part = 0, at = 0; part < us.length; part++) {
    const first = part * columns * rows;
    for (let i = 0; i < columns; i++) {
      const inU = closedU || (i > 0 && i + 1 < columns);
      const before = (i > 0 ? i : columns - 1) - 1;
      const after = i + 1 < columns ? i + 1 : 1;
      for (let j = 0; j < rows; j++, at += 3) {
        const pole = (poleVMin && j === 0) || (poleVMax && j === rows - 1);
        const inV = closedV || (j > 0 && j + 1 < rows);
        const below = (j > 0 ? j : rows - 1) - 1;
        const above = j + 1 < rows ? j + 1 : 1;
        for (let axis = 0; axis < 3; axis++) {
          const here = p[at + axis];
          let bend = 0;
          if (inU && !pole) {
            const along =
              p[3 * (first + before * rows + j) + axis] + p[3 * (first + after * rows + j) + axis] - 2 * here;
            // On an open edge only the edge itself counts: a chord is 1/12 of the second difference inside on average.
            bend += inV ? along : 2 * along;
          }
          if (inV) {
            const along =
              p[3 * (first + i * rows + below) + axis] + p[3 * (first + i * rows + above) + axis] - 2 * here;
            bend += inU ? along : 2 * along;
          }
          if (inU && inV) {
            bend +=
              p[3 * (first + before * rows + below) + axis] + p[3 * (first + after * rows + above) + axis] - 2 * here;
          }
          out[at + axis] = here - bend / 24;
        }
      }
    }
  }
  return out;
}
