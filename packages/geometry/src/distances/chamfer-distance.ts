import { checkOptions } from '../check-options.js';
import type { Mesh } from '../mesh/mesh.js';
import { type UsedMesh, usedMesh } from '../mesh/used-mesh.js';
import { type DistanceOptions, distanceDefaults, weightedDistances } from './distance-options.js';

/** Options of {@link chamferDistance}. */
export interface ChamferOptions extends DistanceOptions {
  /** Means of squared distances, in square units; else of distances. */
  readonly squared?: boolean;
}

/** What {@link chamferDistance} found. */
export interface ChamferDistance {
  /** The mean of `aToB` and `bToA`. (Some authors take their sum.) */
  readonly distance: number;
  readonly aToB: number;
  readonly bToA: number;
}

/**
 * The chamfer distance: the mean distance from each mesh to the other, averaged over both directions. Exact at the vertices; between
 * them the mean is a sum weighted by area, so a finer mesh tends to the mean over the surface. `{ to: 'vertices', weights: 'vertex' }`
 * gives the plain mean between two clouds of vertices.
 *
 * @throws if a mesh is not sound or an option is wrong
 */
export function chamferDistance(a: Mesh, b: Mesh, options: ChamferOptions = {}): ChamferDistance {
  checkOptions('chamferDistance', options, { ...distanceDefaults, squared: false });
  const [meshA, meshB] = [usedMesh(a, 'chamferDistance', 'a'), usedMesh(b, 'chamferDistance', 'b')];
  const mean = (from: UsedMesh, to: UsedMesh) => {
    const { distances, weights } = weightedDistances(from, to, options, 'chamferDistance');
    return distances.reduce((sum, d, i) => sum + weights[i] * (options.squared ? d * d : d), 0);
  };
  const [aToB, bToA] = [mean(meshA, meshB), mean(meshB, meshA)];
  return { distance: (aToB + bToA) / 2, aToB, bToA };
}
