import type { Mesh, OptionNames } from '@kanrecon/geometry';
import type { Vector3 } from './vector3.js';

/** A mesh and how it looks. Of its vertices those count that a triangle uses; without a triangle there is nothing to see. */
export interface MeshObject {
  readonly mesh: Mesh;
  /** Linear RGB in [0, 1]; mid grey when left out. Not used with `vertexColors`. */
  readonly baseColor?: Vector3;
  /** Linear RGB in [0, 1], three numbers a vertex. */
  readonly vertexColors?: ArrayLike<number>;
  /** Three numbers a vertex, of any length, pointing to either side; smooth normals from the triangles when left out. */
  readonly vertexNormals?: ArrayLike<number>;
  /** 1 (opaque) when left out. */
  readonly opacity?: number;
}

/** How a {@link MeshObject} looks, by name. */
export const meshLookNames: OptionNames<Omit<MeshObject, 'mesh'>> = {
  baseColor: 1,
  vertexColors: 1,
  vertexNormals: 1,
  opacity: 1,
};
