import { type ParametricSurface, parameterVector, surfaceNormals, tessellate } from '@kanrecon/geometry';
import { patternByName } from '@kanrecon/render';
import type { DrawnShape, Scene } from '@kanrecon/scene';
import { meshFile } from './mesh-file.js';

/**
 * Quads a side. A circle's polygon stays within 0.0001 of its radius. A multiple of 8: the edges of stripes and checkers lie
 * on the mesh's edges and stay sharp.
 */
const steps = 256;

/** A drawn shape as Blender gets it: vertices, smooth normals, and the pattern's colours unless it is plain. */
export function surfaceMeshFile({ surface, pattern }: Scene, { parameters, baseColor }: DrawnShape): Uint8Array {
  const vector = parameterVector(surface, parameters);
  const options = { uSteps: steps, vSteps: steps };
  const mesh = tessellate(surface, vector, options);
  const normals = surfaceNormals(surface, vector, options);
  const colors = pattern === 'plain' ? undefined : cornerColors(surface, vector, mesh.indices, pattern, baseColor);
  return meshFile(mesh, normals, colors);
}

/**
 * The pattern's colour at every triangle corner. It is looked up a little inside the triangle, so that corners on an edge of
 * the pattern get the colour of their own side.
 */
function cornerColors(
  surface: ParametricSurface,
  vector: ArrayLike<number>,
  indices: Uint32Array,
  pattern: Scene['pattern'],
  baseColor: DrawnShape['baseColor'],
): Float32Array {
  const inwards = 1e-3;
  const { parts = 1 } = surface;
  const domain = surface.domain(vector);
  const width = (domain.uMax - domain.uMin) / parts;
  const { color } = patternByName(pattern);
  const row = steps + 1;
  const colors = new Float32Array(3 * indices.length);
  const out = new Float64Array(3);
  const u = (vertex: number) => Math.floor((vertex / row) % row) / steps;
  const v = (vertex: number) => (vertex % row) / steps;
  for (let k = 0; k < indices.length; k += 3) {
    const corners = [indices[k], indices[k + 1], indices[k + 2]];
    const part = Math.floor(corners[0] / (row * row));
    const uMin = domain.uMin + part * width;
    const own = { ...domain, uMin, uMax: uMin + width };
    const middleU = corners.reduce((sum, vertex) => sum + u(vertex), 0) / 3;
    const middleV = corners.reduce((sum, vertex) => sum + v(vertex), 0) / 3;
    for (const [corner, vertex] of corners.entries()) {
      const s = u(vertex) + inwards * (middleU - u(vertex));
      const t = v(vertex) + inwards * (middleV - v(vertex));
      color(uMin + s * width, domain.vMin + t * (domain.vMax - domain.vMin), baseColor, own, out);
      colors.set(out, 3 * (k + corner));
    }
  }
  return colors;
}
