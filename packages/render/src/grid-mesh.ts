import type { ParametricSurface } from '@kanrecon/geometry';
import type { Grid } from './choose-grid.js';
import { gridPoints } from './grid-points.js';
import type { Scratch } from './scratch.js';

/** A surface's triangles over a grid, in working memory. */
export interface GridMesh {
  /** x, y, z a vertex. */
  positions: Float64Array;
  /** On the side from which triangles turn anticlockwise. */
  normals: Float64Array;
  indices: Uint32Array;
  /** u and v a vertex: on a seam they run on to the range's end. Only with a pattern. */
  coordinates?: Float64Array;
}

/**
 * Turns a grid into triangles, two a quad, part by part; every vertex is on the surface. Column `i`, row `j` of a part of
 * (columns × rows) vertices is vertex i · rows + j, and the last column or row of a closed direction repeats the first.
 */
export function gridMesh(
  surface: ParametricSurface,
  parameters: Float64Array,
  { us, vs }: Grid,
  painted: boolean,
  scratch: Scratch,
): GridMesh {
  const columns = us[0].length;
  const rows = vs.length;
  const perPart = columns * rows;
  const vertices = us.length * perPart;
  const positions = scratch.float64('gridPositions', 3 * vertices).subarray(0, 3 * vertices);
  const normals = scratch.float64('gridNormals', 3 * vertices).subarray(0, 3 * vertices);
  const atV = vs.slice();
  if (surface.closedV) atV[rows - 1] = atV[0];
  us.forEach((list, part) => {
    const atU = list.slice();
    if (surface.closedU) atU[columns - 1] = atU[0];
    gridPoints(surface, atU, atV, parameters, positions, normals, 3 * part * perPart);
  });
  const quads = us.length * (columns - 1) * (rows - 1);
  const indices = scratch.uint32('gridIndices', 6 * quads).subarray(0, 6 * quads);
  for (let part = 0, k = 0; part < us.length; part++) {
    for (let i = 0; i + 1 < columns; i++) {
      for (let j = 0, a = part * perPart + i * rows; j + 1 < rows; j++, a++, k += 6) {
        indices[k] = a;
        indices[k + 1] = a + rows;
        indices[k + 2] = a + rows + 1;
        indices[k + 3] = a;
        indices[k + 4] = a + rows + 1;
        indices[k + 5] = a + 1;
      }
    }
  }
  orient(positions, normals, indices);
  if (!painted) return { positions, normals, indices };
  const coordinates = scratch.float64('gridCoordinates', 2 * vertices).subarray(0, 2 * vertices);
  for (let part = 0, at = 0; part < us.length; part++) {
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < rows; j++, at += 2) {
        coordinates[at] = us[part][i];
        coordinates[at + 1] = vs[j];
      }
    }
  }
  return { positions, normals, indices, coordinates };
}

/** Every so many triangles are asked which side the normals are on. */
const sparse = 7;

/** Turns all normals round if they point to the side from which triangles turn clockwise. */
function orient(p: Float64Array, normals: Float64Array, indices: Uint32Array): void {
  let agreement = 0;
  for (let k = 0; k < indices.length; k += 3 * sparse) {
    const [a, b, c] = [3 * indices[k], 3 * indices[k + 1], 3 * indices[k + 2]];
    const [ux, uy, uz] = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]];
    const [wx, wy, wz] = [p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]];
    agreement +=
      (uy * wz - uz * wy) * normals[a] + (uz * wx - ux * wz) * normals[a + 1] + (ux * wy - uy * wx) * normals[a + 2];
  }
  if (agreement >= 0) return;
  for (let k = 0; k < normals.length; k++) normals[k] = -normals[k];
}

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
