import { type CameraTarget, renderBatch, type Scene } from '@kanrecon/scene';
import type { LabelledImages } from './labelled-images.js';

/** The same for all trainings, so that their scores compare; no stream and no data set that people make has it. */
export const fixedImagesSeed = 2 ** 41;

/** Images of a scene to validate with, drawn at once and kept in memory. @param cameraTargets behind the shape's parameters */
export function sceneImages(
  scene: Scene,
  imageSize: number,
  count: number,
  cameraTargets: readonly CameraTarget[] = [],
): LabelledImages {
  const drawn = renderBatch(scene, { seed: fixedImagesSeed, batch: 0, batchSize: count, imageSize, cameraTargets });
  const pixels = 3 * imageSize * imageSize;
  const width = scene.surface.parameters.length + cameraTargets.length;
  return {
    readBatch: (indices) => gather(drawn.images, indices, pixels, Uint8Array),
    targets: (indices) => gather(drawn.targets, indices, width, Float32Array),
  };
}

function gather<T extends Uint8Array | Float32Array>(
  rows: T,
  indices: Uint32Array,
  width: number,
  Kind: new (length: number) => T,
): T {
  const out = new Kind(indices.length * width);
  indices.forEach((index, i) => {
    out.set(rows.subarray(index * width, (index + 1) * width), i * width);
  });
  return out;
}
