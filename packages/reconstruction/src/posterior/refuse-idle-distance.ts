import type { ImageLimits } from '@kanrecon/identifiability';
import { type Scene, typicalView } from '@kanrecon/scene';
import type { Bounds } from '../refine/bounds.js';
import { KnownError } from '../refine/known-error.js';
import { distanceLaw, distanceOf } from './distance-law.js';

/** Shares of the ranges at which shapes are tried. */
const shares = [0.5, 0.25, 0.75];

/**
 * Refuses a known distance of the camera that tells nothing, before anything is sought: where no image leaves the object's size open, or another
 * length is known, so that the distance is known already. Takes some milliseconds.
 *
 * @throws KnownError
 */
export function refuseIdleDistance(
  caller: string,
  scene: Scene,
  bounds: Bounds,
  limits: Pick<ImageLimits, 'invariances'>,
): void {
  if (!bounds.distance) return;
  const [x, y, z] = [bounds.camera.x, bounds.camera.y, bounds.camera.z].map(([from, to]) => (from + to) / 2);
  const distance = distanceOf(scene, typicalView(scene, { x: x!, y: y!, z: z! }));
  if (shares.some((share) => changesAt(share))) return;
  throw new KnownError(
    `${caller}: known.cameraDistance says nothing; expected a scene whose images leave the object's size open, and no other length known`,
  );

  function changesAt(share: number): boolean {
    const shape = Float64Array.from(scene.surface.parameters, ({ min, max }, i) => {
      const [low, high] = bounds.shape[i]!;
      return min + (max - min) * (low + (high - low) * share);
    });
    try {
      return distanceLaw(scene, bounds, limits, shape, distance) !== undefined;
    } catch {
      // A shape that cannot be drawn says neither.
      return true;
    }
  }
}
