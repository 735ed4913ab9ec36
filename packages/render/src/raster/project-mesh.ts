import type { Camera } from '../camera/camera.js';
import type { Scratch } from '../scratch.js';
import { type ClippedMesh, clipNear } from './clip-near.js';
import { type ProjectedMesh, vertexStride } from './projected-mesh.js';

/** Nothing nearer than this share of the mesh's greatest depth is drawn. */
const nearestShare = 1e-4;

/** Projects a mesh into sample coordinates; what lies behind the camera is cut away. */
export function projectMesh(
  mesh: ClippedMesh & { positions: ArrayLike<number> },
  camera: Camera,
  samples: number,
  scratch: Scratch,
): ProjectedMesh {
  const { rotation: r, location, tanHalfFov } = camera;
  let { positions, normals, film, coordinates, indices } = mesh;
  let count = positions.length / 3;
  let depth = depths(positions);
  let least = Number.POSITIVE_INFINITY;
  let greatest = 0;
  for (let k = 0; k < count; k++) {
    least = Math.min(least, depth[k]);
    greatest = Math.max(greatest, depth[k]);
  }
  const nearest = nearestShare * greatest;
  if (!(least >= nearest) || greatest === 0) {
    ({ positions, normals, film, coordinates, indices } = clipNear(mesh, depth, Math.max(nearest, 1e-12)));
    count = positions.length / 3;
    depth = depths(positions);
  }
  const vertices = scratch.float64('vertices', vertexStride * count);
  const half = samples / 2;
  const focal = half / tanHalfFov;
  for (let k = 0; k < count; k++) {
    const dx = positions[3 * k] - location[0];
    const dy = positions[3 * k + 1] - location[1];
    const dz = positions[3 * k + 2] - location[2];
    // Vertices behind the camera are left in the list but no triangle uses them.
    const inverse = 1 / depth[k];
    const at = vertexStride * k;
    vertices[at] = half + focal * (r[0] * dx + r[3] * dy + r[6] * dz) * inverse;
    vertices[at + 1] = half - focal * (r[1] * dx + r[4] * dy + r[7] * dz) * inverse;
    vertices[at + 2] = inverse;
    vertices[at + 3] = normals[3 * k];
    vertices[at + 4] = normals[3 * k + 1];
    vertices[at + 5] = normals[3 * k + 2];
  }
  return {
    vertices,
    vertexCount: count,
    indices,
    indexCount: indices.length,
    ...(film && { film }),
    ...(coordinates && { coordinates }),
  };

  function depths(points: ArrayLike<number>): Float64Array {
    const out = scratch.float64('depth', points.length / 3);
    for (let k = 0; k < points.length / 3; k++) {
      out[k] = -(
        r[2] * (points[3 * k] - location[0]) +
        r[5] * (points[3 * k + 1] - location[1]) +
        r[8] * (points[3 * k + 2] - location[2])
      );
    }
    return out;
  }
}
