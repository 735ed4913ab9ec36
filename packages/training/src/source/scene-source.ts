import { checkOptions, type OptionNames } from '@kanrecon/geometry';
import { type CameraTarget, renderBatch, type Scene } from '@kanrecon/scene';
import { streamSeed, streamSteps } from './stream-seed.js';
import type { TrainingSource } from './training-source.js';

/** What {@link sceneSource} draws. */
export interface SceneSourceOptions {
  readonly scene: Scene;
  readonly imageSize: number;
  readonly batchSize: number;
  /** Of the experiment: other seeds, other images. */
  readonly seed: number;
  /** Images an epoch; whole batches are drawn. */
  readonly epochImages: number;
  /** What is told of each view's camera, behind the shape's parameters; nothing when left out. */
  readonly cameraTargets?: readonly CameraTarget[];
}

/** {@link SceneSourceOptions} by name. */
export const sceneSourceNames: OptionNames<SceneSourceOptions> = {
  scene: 1,
  imageSize: 1,
  batchSize: 1,
  seed: 1,
  epochImages: 1,
  cameraTargets: 1,
};

/**
 * Fresh images, none of them seen twice, drawn in this thread when they are asked for; the images are those that threads draw
 * (`streamSource` of the Node.js entry).
 */
export function sceneSource(options: SceneSourceOptions): TrainingSource {
  checkOptions('sceneSource', options, sceneSourceNames);
  const { scene, imageSize, batchSize, seed, epochImages, cameraTargets = [] } = options;
  const steps = streamSteps(epochImages, batchSize);
  return {
    images: steps * batchSize,
    steps,
    batch(epoch, step) {
      const batch = epoch * steps + step;
      const drawn = { seed: streamSeed(seed), batch, batchSize, imageSize, cameraTargets };
      const { images, targets } = renderBatch(scene, drawn);
      return { images, targets, samples: Uint32Array.from({ length: batchSize }, (_, i) => step * batchSize + i) };
    },
    close: async () => {},
  };
}
