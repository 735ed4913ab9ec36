import type { Mesh } from './mesh.js';
import { type MeshGrid, meshGrid } from './mesh-grid.js';
import { usedMesh } from './used-mesh.js';

/** Points to measure from or to. */
export interface CheckedPoints {
  /** x, y, z of each. */
  readonly positions: Float32Array;
  /** The grid that they are over, if they are. */
  readonly grid: MeshGrid | undefined;
  /** Of each its number among the points given; `undefined` if all are here. */
  readonly vertices: Uint32Array | undefined;
  /** How many were given. */
  readonly given: number;
}

/**
 * The points of a cloud, all of them, or the vertices of a mesh that its triangles use, after a look at each number.
 *
 * @throws if there is no point or no triangle, the length is not a multiple of three, or a coordinate is not finite
 */
export function checkedPoints(points: Mesh | Float32Array, caller: string, name: string): CheckedPoints {
  if (!(points instanceof Float32Array)) {
    if (points?.positions instanceof Float32Array && points.indices?.length === 0) {
      throw new Error(
        `${caller}: ${name} must have at least one triangle; expected a mesh, or its positions to measure between points, got a mesh without triangles`,
      );
    }
    if (!(points?.positions instanceof Float32Array)) {
      throw new Error(`${caller}: ${name} must be a Mesh or a Float32Array of x, y, z, got ${typeof points}`);
    }
    const mesh = usedMesh(points, caller, name);
    const { positions, vertices } = mesh;
    return { positions, grid: meshGrid(mesh), vertices, given: points.positions.length / 3 };
  }
  if (points.length === 0 || points.length % 3 !== 0) {
    throw new Error(
      `${caller}: ${name} must hold x, y, z of at least one point; expected a positive multiple of 3 numbers, got ${points.length}`,
    );
  }
  for (let i = 0; i < points.length; i++) {
    // Infinity − Infinity and NaN − NaN are NaN.
    if (points[i] - points[i] !== 0) {
      throw new Error(
        `${caller}: coordinate ${'xyz'[i % 3]} of vertex ${Math.floor(i / 3)} of ${name} must be finite, got ${points[i]}`,
      );
    }
  }
  return { positions: points, grid: undefined, vertices: undefined, given: points.length / 3 };
}
