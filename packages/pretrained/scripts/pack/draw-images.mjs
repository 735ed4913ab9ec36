import { renderBatch } from '@kanrecon/scene';
import { cameraTargetsOf } from './camera-targets-of.mjs';

/** Beyond all seeds that trainings and validation images are drawn with: 2⁴⁰ and more, and 2⁴¹. */
export const scoresSeed = 2 ** 42;
/** Of images that intervals are calibrated with. */
export const calibrationSeed = 2 ** 42 + 1;

/**
 * Images of a scene that no training has seen, as the network takes them, and what they show, as it says it.
 *
 * @param {import('@kanrecon/scene').Scene} scene
 * @param {import('@kanrecon/model').Reconstructor} reconstructor
 * @param {number} count
 * @param {{ seed?: number, batch?: number }} which
 */
export function drawImages(scene, reconstructor, count, { seed = scoresSeed, batch = 0 } = {}) {
  const { imageSize } = reconstructor.config;
  const cameraTargets = cameraTargetsOf(reconstructor.targets, scene);
  const { images, targets } = renderBatch(scene, {
    ...{ seed, batch, batchSize: count, imageSize, cameraTargets },
  });
  return { count, images, targets };
}
