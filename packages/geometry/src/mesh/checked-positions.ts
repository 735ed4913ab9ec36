import type { Mesh } from './mesh.js';

/**
 * The positions of a mesh or a point cloud, after a look at each number.
 *
 * @throws if there is no point, the length is not a multiple of three, or a coordinate is not finite
 */
export function checkedPositions(points: Mesh | Float32Array, caller: string, name: string): Float32Array {
  const positions = points instanceof Float32Array ? points : points?.positions;
  if (!(positions instanceof Float32Array)) {
    throw new Error(`${caller}: ${name} must be a Mesh or a Float32Array of x, y, z, got ${typeof points}`);
  }
  if (positions.length === 0 || positions.length % 3 !== 0) {
    throw new Error(
      `${caller}: ${name} must hold x, y, z of at least one point; expected a positive multiple of 3 numbers, got ${positions.length}`,
    );
  }
  for (let i = 0; i < positions.length; i++) {
    // Infinity − Infinity and NaN − NaN are NaN.
    if (positions[i] - positions[i] !== 0) {
      throw new Error(
        `${caller}: coordinate ${'xyz'[i % 3]} of vertex ${Math.floor(i / 3)} of ${name} must be finite, got ${positions[i]}`,
      );
    }
  }
  return positions;
}
