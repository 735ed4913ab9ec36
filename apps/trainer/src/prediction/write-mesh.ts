import type { Mesh } from '@kanrecon/geometry';
import { writeGlb, writeObj, writeStl } from '@kanrecon/geometry/files';
import type { MeshFormat } from './mesh-formats.js';

/**
 * A mesh as the content of a file; GLB keeps the colours.
 *
 * @param colors linear RGB, three numbers a vertex
 */
export async function meshFile(
  mesh: Mesh,
  format: MeshFormat,
  name: string,
  colors: Float32Array,
): Promise<string | Uint8Array> {
  if (format === 'obj') return writeObj(mesh);
  if (format === 'stl') return writeStl(mesh);
  return writeGlb(mesh, { name, colors });
}
