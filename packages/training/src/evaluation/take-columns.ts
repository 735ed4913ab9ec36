/**
 * Some of a table's columns.
 *
 * @param values [n, width]
 * @param columns their numbers, from 0
 * @returns [n, columns]
 */
export function takeColumns(values: Float32Array, width: number, columns: readonly number[]): Float32Array {
  const rows = values.length / width;
  const out = new Float32Array(rows * columns.length);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < columns.length; i++) out[row * columns.length + i] = values[row * width + columns[i]!]!;
  }
  return out;
}
