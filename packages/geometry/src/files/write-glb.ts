import { checkOptions } from '../check-options.js';
import type { Mesh } from '../mesh/mesh.js';
import { vertexNormals } from '../mesh/vertex-normals.js';
import { type MeshFileOptions, meshFileOptionNames } from './mesh-file-options.js';
import { writableMesh } from './writable-mesh.js';

/** A quarter turn about x: z up becomes glTF's y up, (x, y, z) → (x, z, −y). */
const zUpToYUp: [number, number, number, number] = [-Math.SQRT1_2, 0, 0, Math.SQRT1_2];

/**
 * A mesh as a binary glTF 2.0 file with smooth normals and a two-sided matt material. glTF is y up: the vertices are stored as they
 * are, z up, under a node that turns them. Vertices that no triangle uses stay out. Equal input gives equal bytes.
 *
 * @throws if the mesh or the colours are not sound, or there is no triangle
 */
export async function writeGlb(mesh: Mesh, options: MeshFileOptions = {}): Promise<Uint8Array> {
  checkOptions('writeGlb', options, meshFileOptionNames);
  const { name = 'mesh' } = options;
  const { mesh: written, colors } = writableMesh(mesh, 'writeGlb', options.colors);
  const { positions, indices } = written;
  // Loaded here, so that OBJ and STL need not have it installed.
  const { Document, Logger, WebIO } = await import('@gltf-transform/core');
  const document = new Document().setLogger(new Logger(Logger.Verbosity.SILENT));
  document.getRoot().getAsset().generator = 'kanrecon';
  const buffer = document.createBuffer();
  const vectors = (array: Float32Array) => document.createAccessor().setType('VEC3').setArray(array).setBuffer(buffer);
  const material = document.createMaterial(name).setMetallicFactor(0).setRoughnessFactor(0.5).setDoubleSided(true);
  const primitive = document
    .createPrimitive()
    .setMaterial(material)
    .setIndices(document.createAccessor().setType('SCALAR').setArray(indices).setBuffer(buffer))
    .setAttribute('POSITION', vectors(positions))
    .setAttribute('NORMAL', vectors(unitNormals(written)));
  // glTF's vertex colours are linear, as ours.
  if (colors) primitive.setAttribute('COLOR_0', vectors(colors));
  const node = document
    .createNode(name)
    .setMesh(document.createMesh(name).addPrimitive(primitive))
    .setRotation(zUpToYUp);
  document.getRoot().setDefaultScene(document.createScene(name).addChild(node));
  return new WebIO().writeBinary(document);
}

/** Vertex normals, with a made-up one where there is none: glTF demands unit length. */
function unitNormals(mesh: Mesh): Float32Array {
  const normals = vertexNormals(mesh);
  for (let i = 0; i < normals.length; i += 3) {
    if (normals[i] === 0 && normals[i + 1] === 0 && normals[i + 2] === 0) normals[i + 2] = 1;
  }
  return normals;
}
