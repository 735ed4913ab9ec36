import { type Mesh, tessellate } from '@kanrecon/geometry';
import { patternColors, type Scene } from '@kanrecon/scene';
import type { RebuiltObject } from './rebuild.js';

/** Steps of a mesh along u and v. */
export interface MeshSteps {
  readonly uSteps: number;
  readonly vSteps: number;
}

/** A mesh with its colours. */
export interface ColoredMesh {
  readonly mesh: Mesh;
  /** Linear RGB, three numbers a vertex. */
  readonly vertexColors: Float32Array;
}

/** The mesh of an object that was found, painted as the scene's objects are. @param steps 200 each when left out */
export function coloredMesh(
  found: Pick<RebuiltObject, 'drawnParameters' | 'baseColor'>,
  scene: Scene,
  steps: MeshSteps = { uSteps: 200, vSteps: 200 },
): ColoredMesh {
  const { drawnParameters: parameters, baseColor } = found;
  return {
    mesh: tessellate(scene.surface, parameters, steps),
    vertexColors: patternColors(scene, { parameters, baseColor }, steps),
  };
}
