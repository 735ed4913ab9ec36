/**
 * A triangle mesh. It is its triangles: a vertex that none of them uses counts for nothing, wherever it is, NaN included.
 */
export interface Mesh {
  /** x, y, z of each vertex, in the object's units; length 3 × vertices. */
  readonly positions: Float32Array;
  /** Three vertex indices a triangle, anticlockwise seen from the front; length 3 × triangles. */
  readonly indices: Uint32Array;
}
