import type { Mesh } from '@kanrecon/geometry';
import { writeGlb, writeObj, writeStl } from '@kanrecon/geometry/files';
import type { Vector3 } from '@kanrecon/render';
import type { MeshFormat } from './mesh-formats.js';

/** A mesh as the content of a file; GLB keeps the object's colour. */
export async function meshFile(
  mesh: Mesh,
  format: MeshFormat,
  name: string,
  color: Vector3,
): Promise<string | Uint8Array> {
  if (format === 'obj') return writeObj(mesh);
  if (format === 'stl') return writeStl(mesh);
  const colors = new Float32Array(mesh.positions.length);
  for (let i = 0; i < colors.length; i++) colors[i] = color[i % 3]!;
  return writeGlb(mesh, { name, colors });
}
