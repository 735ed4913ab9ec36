import type { ImageCache } from '@kanrecon/dataset/node';
import { type CameraTarget, cameraValues, type Scene } from '@kanrecon/scene';

/**
 * Targets of a data set's images: the shape's parameters as `ImageCache.targets` scales them, then those of the camera, from the labels'
 * camera angles.
 *
 * @param scene with the ranges that the network learns
 * @returns [n, k]
 */
export function labelledTargets(
  cache: Pick<ImageCache, 'targets' | 'samples'>,
  scene: Scene,
  cameraTargets: readonly CameraTarget[],
  indices: Uint32Array,
): Float32Array {
  const shape = cache.targets(indices, scene.surface);
  if (cameraTargets.length === 0) return shape;
  const parameters = scene.surface.parameters.length;
  const width = parameters + cameraTargets.length;
  const out = new Float32Array(indices.length * width);
  for (let row = 0; row < indices.length; row++) {
    const own = out.subarray(row * width, (row + 1) * width);
    own.set(shape.subarray(row * parameters, (row + 1) * parameters));
    const { cameraAngles } = cache.samples[indices[row]!]!;
    cameraValues(scene, cameraTargets, cameraAngles, own.subarray(parameters));
  }
  return out;
}
