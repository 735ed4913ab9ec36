import { checkOptions, type Mesh } from '@kanrecon/geometry';
import type { Rendering } from './image/rendering.js';
import { type MeshObject, meshLookNames } from './mesh-object.js';
import { type RenderMeshesOptions, renderMeshesNames, renderObjects } from './render-meshes.js';

/** Options of {@link renderMesh}: the picture's, and the mesh's looks. */
export interface RenderMeshOptions extends RenderMeshesOptions, Omit<MeshObject, 'mesh'> {}

/**
 * Renders a triangle mesh: the study's light and shadows, or with `unlit` plain colours.
 *
 * @throws if an option is out of range or an array's length does not fit the mesh
 */
export function renderMesh(mesh: Mesh, options: RenderMeshOptions): Rendering {
  checkOptions('renderMesh', options, { ...renderMeshesNames, ...meshLookNames });
  return renderObjects('renderMesh', [{ ...options, mesh }], options);
}
