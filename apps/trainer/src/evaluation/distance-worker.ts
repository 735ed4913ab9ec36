import type { ParametricSurface } from '@kanrecon/geometry';
import { compareReconstruction, type ReconstructionComparison } from '@kanrecon/reconstruction';
import { loadScene, type SceneJson, sceneWithRanges } from '@kanrecon/scene';

/** Shapes by name, in units. */
export interface ShapePair {
  readonly predicted: Readonly<Record<string, number>>;
  readonly real: Readonly<Record<string, number>>;
}

/** Pairs to measure, as they cross to a thread. */
export interface DistanceTask {
  readonly scene: SceneJson;
  /** Of the scene's surface, with the ranges that hold: a run may have those of an earlier version. */
  readonly parameters: ParametricSurface['parameters'];
  readonly pairs: readonly ShapePair[];
}

/** {@link compareReconstruction} of every pair. Runs in a worker thread. */
export async function measurePairs({ scene, parameters, pairs }: DistanceTask): Promise<ReconstructionComparison[]> {
  const ranged = sceneWithRanges(await loadScene(scene), parameters);
  return pairs.map(({ predicted, real }) => compareReconstruction(ranged, predicted, real));
}
