import type { Paint } from '../patterns/paint.js';
import type { ShadowMap } from './shadow-map.js';

/** Numbers a vertex in {@link ProjectedMesh.vertices}. */
export const vertexStride = 6;

/** A mesh as the rasteriser and the shader want it: in front of the camera, projected into sample coordinates. */
export interface ProjectedMesh {
  /**
   * Per vertex six numbers, together because they are used together: position in samples from the left and top, 1/depth, and
   * the normal in world coordinates, of any length, on the side from which triangles turn anticlockwise.
   */
  vertices: Float64Array;
  vertexCount: number;
  /** Three vertex numbers a triangle; only the first `indexCount` count. */
  indices: Uint32Array;
  indexCount: number;
  /** Per vertex: base colour after the tone curve's matrix; without it the object has one colour. */
  film?: Float32Array;
  /** What is painted on the surface, and per vertex the two numbers at which the paint is looked up. */
  paint?: Paint;
  coordinates?: Float64Array;
  /** Per triangle: 1 if in the sun. Without it and without a shadow map everything is. */
  lit?: Uint8Array | undefined;
  shadow?: ShadowMap;
}
