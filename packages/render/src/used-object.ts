import { removeUnreferencedVertices } from '@kanrecon/geometry';
import type { MeshObject } from './mesh-object.js';

/**
 * An object without the vertices that no triangle uses, which would move the planes where the camera and the shadow map begin.
 *
 * @param object sound; see `checkObject`
 */
export function usedObject(object: MeshObject): MeshObject {
  const { mesh: given, vertexColors, vertexNormals } = object;
  if (given.indices.length === 0) return object;
  const { mesh, vertices } = removeUnreferencedVertices(given);
  if (mesh.positions === given.positions) return object;
  const ofVertices = (values: ArrayLike<number>) =>
    Float64Array.from({ length: 3 * vertices.length }, (_, k) => values[3 * vertices[Math.floor(k / 3)] + (k % 3)]);
  return {
    ...object,
    mesh,
    ...(vertexColors && { vertexColors: ofVertices(vertexColors) }),
    ...(vertexNormals && { vertexNormals: ofVertices(vertexNormals) }),
  };
}
