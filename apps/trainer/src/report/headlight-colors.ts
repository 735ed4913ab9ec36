import { type Mesh, vertexNormals } from '@kanrecon/geometry';
import type { Camera, Vector3 } from '@kanrecon/render';
import { toLinear } from './color-maps.js';

/** Brightness at the silhouette, where a surface is seen from the side. */
const rim = 0.45;

/**
 * Vertex colours as if a lamp sat on the camera: shape shows, and the colour stays what the legend says, which the data set's
 * light from above and its film curve would grey.
 *
 * @param color display-encoded, in [0, 1]
 * @returns linear RGB, three numbers a vertex, for an unlit rendering
 */
export function headlightColors(mesh: Mesh, color: Vector3, { rotation }: Camera): Float32Array {
  const normals = vertexNormals(mesh);
  const out = new Float32Array(normals.length);
  for (let k = 0; k < out.length; k += 3) {
    const facing = Math.abs(
      normals[k]! * rotation[2]! + normals[k + 1]! * rotation[5]! + normals[k + 2]! * rotation[8]!,
    );
    for (let c = 0; c < 3; c++) out[k + c] = toLinear(color[c]! * (rim + (1 - rim) * facing));
  }
  return out;
}
