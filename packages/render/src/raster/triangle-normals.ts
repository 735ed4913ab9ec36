/**
 * Smooth normals of a mesh: at each vertex the sum of its triangles' normals, weighted by area, of any length. Vertices at
 * the same place (a seam) are not joined here; see {@link joinSeams}.
 */
export function triangleNormals(
  positions: ArrayLike<number>,
  indices: ArrayLike<number>,
  out: Float64Array = new Float64Array(positions.length),
): Float64Array {
  out.fill(0, 0, positions.length);
  for (let k = 0; k < indices.length; k += 3) {
    const a = 3 * indices[k];
    const b = 3 * indices[k + 1];
    const c = 3 * indices[k + 2];
    const ux = positions[b] - positions[a];
    const uy = positions[b + 1] - positions[a + 1];
    const uz = positions[b + 2] - positions[a + 2];
    const wx = positions[c] - positions[a];
    const wy = positions[c + 1] - positions[a + 1];
    const wz = positions[c + 2] - positions[a + 2];
    const nx = uy * wz - uz * wy;
    const ny = uz * wx - ux * wz;
    const nz = ux * wy - uy * wx;
    for (const corner of [a, b, c]) {
      out[corner] += nx;
      out[corner + 1] += ny;
      out[corner + 2] += nz;
    }
  }
  return out;
}
