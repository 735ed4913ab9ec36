import { checkOptions } from '../check-options.js';
import type { Mesh } from '../mesh/mesh.js';
import { type UsedMesh, usedMesh } from '../mesh/used-mesh.js';
import { type DistanceOptions, distanceDefaults, weightedDistances } from './distance-options.js';

/** What {@link fScore} found; all from 0 to 1. */
export interface FScore {
  /** The harmonic mean of precision and recall; 0 when both are 0. */
  readonly fScore: number;
  /** The part of the prediction that is within the tolerance of the reference. */
  readonly precision: number;
  /** The part of the reference that is within the tolerance of the prediction. */
  readonly recall: number;
}

/**
 * The F-score at a tolerance: how much of each mesh lies within it of the other (as in Knapitsch et al., Tanks and Temples, 2017). Parts are
 * measured at the vertices, each with its area.
 *
 * @param tolerance in the object's units; a distance equal to it counts as within
 * @throws if a mesh is not sound, an option is wrong, or the tolerance is not a positive number
 */
export function fScore(predicted: Mesh, reference: Mesh, tolerance: number, options: DistanceOptions = {}): FScore {
  checkOptions('fScore', options, distanceDefaults);
  if (!(tolerance > 0 && tolerance < Infinity)) {
    throw new Error(`fScore: tolerance is wrong; expected a positive number, got ${tolerance}`);
  }
  const meshes = [usedMesh(predicted, 'fScore', 'predicted'), usedMesh(reference, 'fScore', 'reference')] as const;
  const within = (from: UsedMesh, to: UsedMesh) => {
    const { distances, weights } = weightedDistances(from, to, options, 'fScore');
    let inside = 0;
    let all = 0;
    for (let i = 0; i < distances.length; i++) {
      all += weights[i];
      if (distances[i] <= tolerance) inside += weights[i];
    }
    return inside / all;
  };
  const [precision, recall] = [within(meshes[0], meshes[1]), within(meshes[1], meshes[0])];
  const sum = precision + recall;
  return { fScore: sum > 0 ? (2 * precision * recall) / sum : 0, precision, recall };
}
