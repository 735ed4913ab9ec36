import {
  alignMesh,
  chamferDistance,
  directedHausdorff,
  type Mesh,
  surfaceDistances,
  surfaceHausdorff,
} from '@kanrecon/geometry';
import type { MeshComparison, MeshDistances, VertexDistances } from '../findings.js';
import type { Requests } from '../protocol.js';
import { takeTurn } from '../take-turn.js';
import type { TaskContext } from '../task-context.js';

/** Places on each mesh that the best scale is sought with, as `compareReconstruction` does. */
const scaleSamples = 200;

/** How far two meshes are apart, as found and after the best scaling: what `compareReconstruction` measures, and more of it. */
export async function compareMeshes(
  { a, b }: Requests['compare']['input'],
  { signal, tell }: TaskContext<VertexDistances>,
): Promise<MeshComparison> {
  const vertices = ({ positions }: Mesh) => new Float32Array(positions.length / 3);
  tell({ a: surfaceDistances(a, b, vertices(a)), b: surfaceDistances(b, a, vertices(b)) });
  await takeTurn(signal);
  const asFound = await distances(a, b, signal);
  const { mesh, scale } = alignMesh(b, a, { rotation: false, samples: scaleSamples });
  await takeTurn(signal);
  return { size: boxDiagonal(a), asFound, scaled: { ...(await distances(a, mesh, signal)), scale } };
}

async function distances(a: Mesh, b: Mesh, signal: AbortSignal): Promise<MeshDistances> {
  const vertices = { aToB: directedHausdorff(a, b), bToA: directedHausdorff(b, a) };
  await takeTurn(signal);
  const { aToB, bToA, error } = surfaceHausdorff(a, b);
  await takeTurn(signal);
  return { vertices, surfaces: { aToB, bToA, error }, mean: chamferDistance(a, b).distance };
}

function boxDiagonal({ positions }: Mesh): number {
  const sizes = [0, 1, 2].map((axis) => {
    let [least, most] = [Infinity, -Infinity];
    for (let i = axis; i < positions.length; i += 3) {
      least = Math.min(least, positions[i]!);
      most = Math.max(most, positions[i]!);
    }
    return most - least;
  });
  return Math.hypot(...sizes);
}
