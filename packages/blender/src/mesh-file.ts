import type { Mesh } from '@kanrecon/geometry';

/**
 * A mesh as the bytes that `render_views.py` reads: the numbers of vertices, of triangles, and whether there are colours; then
 * positions, normals, indices, colours. Little-endian, four bytes a number.
 *
 * @param normals three numbers a vertex
 * @param colors linear RGB, three numbers a triangle corner
 */
export function meshFile({ positions, indices }: Mesh, normals: ArrayLike<number>, colors?: Float32Array): Uint8Array {
  const counts = [positions.length / 3, indices.length / 3, colors === undefined ? 0 : 1];
  const numbers = counts.length + positions.length + normals.length + indices.length + (colors?.length ?? 0);
  const bytes = new Uint8Array(4 * numbers);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const whole = (values: ArrayLike<number>) => {
    for (let k = 0; k < values.length; k++, at += 4) view.setUint32(at, values[k], true);
  };
  const real = (values: ArrayLike<number>) => {
    for (let k = 0; k < values.length; k++, at += 4) view.setFloat32(at, values[k], true);
  };
  whole(counts);
  real(positions);
  real(normals);
  whole(indices);
  if (colors !== undefined) real(colors);
  return bytes;
}
