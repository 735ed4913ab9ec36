/** A mesh with attributes, cut so that all of it lies in front of a plane. */
export interface ClippedMesh {
  positions: Float64Array;
  normals: Float64Array;
  film?: Float32Array;
  indices: Uint32Array;
}

/**
 * Cuts away what lies behind a plane (Sutherland and Hodgman, one plane): triangles across it become one or two smaller ones,
 * with new vertices at the end of the list.
 *
 * @param depth per vertex: how far it is in front of the camera
 * @param nearest the plane's depth
 */
export function clipNear(
  mesh: {
    positions: ArrayLike<number>;
    normals: ArrayLike<number>;
    film?: ArrayLike<number>;
    indices: ArrayLike<number>;
  },
  depth: ArrayLike<number>,
  nearest: number,
): ClippedMesh {
  const positions = Array.from(mesh.positions);
  const normals = Array.from(mesh.normals);
  const film = mesh.film === undefined ? undefined : Array.from(mesh.film);
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
        for (const list of film === undefined ? [positions, normals] : [positions, normals, film]) {
          for (let c = 0; c < 3; c++) {
            list.push(list[3 * from + c] + share * (list[3 * to + c] - list[3 * from + c]));
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
    ...(film === undefined ? {} : { film: Float32Array.from(film) }),
    indices: Uint32Array.from(indices),
  };
}
