import type { Mesh } from '../src/mesh/mesh.js';
import { superellipsoid } from '../src/surfaces/built-in/superellipsoid.js';
import { type TessellateOptions, tessellate } from '../src/surfaces/tessellate.js';
import type { Point } from './brute-force-distances.js';

/** A tessellated sphere. */
export const sphere = (
  radius: number,
  steps: TessellateOptions = { uSteps: 96, vSteps: 48 },
  centre: Point = [0, 0, 0],
): Mesh => {
  const { positions, indices } = tessellate(superellipsoid, [radius, radius, radius, 1, 1], steps);
  return { positions: positions.map((value, i) => value + centre[i % 3]), indices };
};

/** A flat square from (x, y) on, of n × n quads, at height z + slope · x. */
export const square = (n: number, z = 0, slope = 0, x = 0, width = 1): Mesh =>
  rectangle({ uSteps: n, vSteps: n }, z, slope, x, width);

/** The same with its own number of quads along x and y. */
export const rectangle = (steps: TessellateOptions, z = 0, slope = 0, x = 0, width = 1): Mesh => {
  const { positions, indices } = tessellate(
    {
      name: 'square',
      parameters: [],
      closedU: false,
      closedV: false,
      domain: () => ({ uMin: x, uMax: x + width, vMin: 0, vMax: 1 }),
      position(u, v, _, out, offset = 0) {
        out[offset] = u;
        out[offset + 1] = v;
        out[offset + 2] = z + slope * u;
      },
    },
    [],
    steps,
  );
  return { positions, indices };
};

/** A closed box from (x, y, z) on, of two triangles a side. */
export const box = (x: number, y: number, z: number, size: Point = [1, 1, 1]): Mesh => ({
  positions: Float32Array.from({ length: 24 }, (_, i) => {
    const vertex = Math.floor(i / 3);
    return [x, y, z][i % 3] + ((vertex >> (i % 3)) & 1) * size[i % 3];
  }),
  indices: Uint32Array.of(
    ...[0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6, 0, 1, 5, 0, 5, 4],
    ...[2, 6, 7, 2, 7, 3, 0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5],
  ),
});
