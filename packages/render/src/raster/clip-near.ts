/** A mesh with attributes, cut so that all of it lies in front of a plane. */
export interface ClippedMesh {
  positions: ArrayLike<number>;
  normals: Float64Array;
  film?: Float32Array;
  /** Two numbers a vertex. */
  coordinates?: Float64Array;
  indices: Uint32Array;
}

/**
 * Cuts away what lies behind a plane (Sutherland and Hodgman, one plane): triangles across it become one or two smaller ones,
 * with new vertices at the end of the list.
 *
 * @param depth per vertex: how far it is in front of the camera
 * @param nearest the plane's depth
 */
export function clipNear(mesh: ClippedMesh, depth: ArrayLike<number>, nearest: number): ClippedMesh {
  const positions = Array.from(mesh.positions);
  const normals = Array.from(mesh.normals);
  const film = mesh.film === undefined ? undefined : Array.from(mesh.film);
  const coordinates = mesh.coordinates === undefined ? undefined : Array.from(mesh.coordinates);
  const attributes: [list: number[], size: number][] = [
    [positions, 3],
    [normals, 3],
  ];
  if (film !== undefined) attributes.push([film, 3]);
  if (coordinates !== undefined) attributes.push([coordinates, 2]);
  const indices: number[] = [];
  const polygon: number[] = [];
  for (let k = 0; k + 2 < mesh.indices.length; k += 3) {
    polygon.length = 0;
    for (let side = 0; side < 3; side++) {
      const from = mesh.indices[k + side];
      const to = mesh.indices[k + ((side + 1) % 3)];
      const fromInside = depth[from] >= nearest;
      if (fromInside) polygon.push(from);
      if (fromInside !== depth[to] >= nearest) {
        const share = (nearest - depth[from]) / (depth[to] - depth[from]);
        polygon.push(positions.length / 3);
        for (const [list, size] of attributes) {
          for (let c = 0; c < size; c++) {
            list.push(list[size * from + c] + share * (list[size * to + c] - list[size * from + c]));
          }
        }
      }
    }
    for (let corner = 2; corner < polygon.length; corner++) {
      indices.push(polygon[0], polygon[corner - 1], polygon[corner]);
    }
  }
  return {
    positions: Float64Array.from(positions),
    normals: Float64Array.from(normals),
    ...(film && { film: Float32Array.from(film) }),
    ...(coordinates && { coordinates: Float64Array.from(coordinates) }),
    indices: Uint32Array.from(indices),
  };
}
