import { STLExporter } from 'three/addons/exporters/STLExporter.js';
import type { Mesh } from '../mesh/mesh.js';
import { threeMesh } from './three-mesh.js';
import { writableMesh } from './writable-mesh.js';

/**
 * A mesh as a binary STL file, through three's exporter: z up as is usual for STL, three corners and a flat normal a triangle, no
 * colours, no shared vertices.
 *
 * @throws if the mesh is not sound or has no triangle
 */
export function writeStl(mesh: Mesh): Uint8Array {
  const view = new STLExporter().parse(threeMesh(writableMesh(mesh, 'writeStl').mesh, 'mesh'), { binary: true });
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
