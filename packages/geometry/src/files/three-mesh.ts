import { BufferAttribute, BufferGeometry, Mesh as ThreeMesh } from 'three';
import type { Mesh } from '../mesh/mesh.js';

/** The mesh as three.js has it, without copying the arrays. */
export function threeMesh({ positions, indices }: Mesh, name: string, colors?: Float32Array): ThreeMesh {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setIndex(new BufferAttribute(indices, 1));
  if (colors) geometry.setAttribute('color', new BufferAttribute(colors, 3));
  const mesh = new ThreeMesh(geometry);
  mesh.name = name;
  return mesh;
}
