import type { UsedMesh } from '../mesh/used-mesh.js';
import { vertexAreas } from '../mesh/vertex-areas.js';
import { nearestDistances } from './nearest-distances.js';
import { surfaceDistances } from './surface-distances.js';

/** How `chamferDistance` and `fScore` measure. */
export interface DistanceOptions {
  /** Distances to the other's surface or to its nearest vertex. */
  readonly to?: 'surface' | 'vertices';
  /** What counts alike: equal areas of the surface, or the vertices. */
  readonly weights?: 'area' | 'vertex';
}

export const distanceDefaults: Required<DistanceOptions> = { to: 'surface', weights: 'area' };

/** Distances from each vertex of a to b, and the vertices' weights, which sum up to 1. */
export function weightedDistances(
  a: UsedMesh,
  b: UsedMesh,
  options: DistanceOptions,
  caller: string,
): { distances: Float64Array; weights: Float64Array } {
  const { to, weights } = { ...distanceDefaults, ...options };
  if (to !== 'surface' && to !== 'vertices') {
    throw new Error(`${caller}: to is wrong; expected surface or vertices, got ${JSON.stringify(to)}`);
  }
  if (weights !== 'area' && weights !== 'vertex') {
    throw new Error(`${caller}: weights is wrong; expected area or vertex, got ${JSON.stringify(weights)}`);
  }
  const distances = to === 'surface' ? surfaceDistances(a, b) : nearestDistances(a, b);
  return { distances, weights: unitWeights(a, weights) };
}

/** Weights of a mesh's vertices that sum up to 1. */
function unitWeights(mesh: UsedMesh, weights: 'area' | 'vertex'): Float64Array {
  const count = mesh.positions.length / 3;
  const raw = weights === 'area' ? vertexAreas(mesh) : new Float64Array(count).fill(1);
  const sum = raw.reduce((total, value) => total + value, 0);
  // A mesh without area: all vertices alike.
  return raw.map((value) => (sum > 0 ? value / sum : 1 / count));
}
