import { coincidentVertices } from './coincident-vertices.js';

/**
 * Numbers of the vertices that triangles use, moved to those vertices' places, in place. A vertex that no triangle uses gets the number of
 * one at exactly the same position (the copies of a pole), else NaN: it has none.
 *
 * @param values one a vertex; the first ones are those of the vertices used
 * @param vertices numbers of the vertices used, ascending; `undefined`: all, nothing to do
 * @param positions of all vertices
 */
export function spreadToVertices(
  values: Float32Array | Float64Array,
  vertices: Uint32Array | undefined,
  positions: Float32Array,
): void {
  if (!vertices) return;
  const first = coincidentVertices(positions);
  const found = new Float64Array(values.length).fill(Number.NaN);
  for (let i = 0; i < vertices.length; i++) found[first[vertices[i]]] = values[i];
  let next = vertices.length - 1;
  for (let vertex = values.length - 1; vertex >= 0; vertex--) {
    values[vertex] = next >= 0 && vertices[next] === vertex ? values[next--] : found[first[vertex]];
  }
}
