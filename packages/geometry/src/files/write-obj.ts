import { OBJExporter } from 'three/addons/exporters/OBJExporter.js';
import { checkOptions } from '../check-options.js';
import type { Mesh } from '../mesh/mesh.js';
import { type MeshFileOptions, meshFileOptionNames } from './mesh-file-options.js';
import { threeMesh } from './three-mesh.js';
import { writableMesh } from './writable-mesh.js';

/**
 * A mesh as Wavefront OBJ text, through three's exporter. Coordinates are written as they are, z up (the format names no up axis)
 * and every float32 is written in full, so reading gives the same numbers. Colours, when given, follow each vertex as sRGB 0 to 1,
 * an extension that MeshLab, Blender and others read. Vertices that no triangle uses stay out.
 *
 * @throws if the mesh or the colours are not sound, or there is no triangle
 */
export function writeObj(mesh: Mesh, options: MeshFileOptions = {}): string {
  checkOptions('writeObj', options, meshFileOptionNames);
  const { name = 'mesh' } = options;
  if (/[\r\n]/.test(name)) throw new Error('writeObj: wrong name; expected one line of text, got a line break');
  const { mesh: written, colors } = writableMesh(mesh, 'writeObj', options.colors);
  return new OBJExporter().parse(threeMesh(written, name, colors));
}
