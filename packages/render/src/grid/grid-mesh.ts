import type { ParametricSurface } from '@kanrecon/geometry';
import type { Scratch } from '../scratch.js';
import type { Grid } from './choose-grid.js';
import { gridPoints } from './grid-points.js';

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
