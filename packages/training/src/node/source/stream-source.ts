import { openImageStream } from '@kanrecon/dataset/node';
import { checkOptions } from '@kanrecon/geometry';
import type { CameraTarget, Scene } from '@kanrecon/scene';
import { imageStreamSource } from '../../source/image-stream-source.js';
import { sceneSourceNames } from '../../source/scene-source.js';
import { streamSeed, streamSteps } from '../../source/stream-seed.js';
import type { TrainingSource } from '../../source/training-source.js';

/** What {@link streamSource} draws, and from where on. */
export interface StreamSourceOptions {
  readonly scene: Scene;
  readonly imageSize: number;
  readonly batchSize: number;
  /** Of the experiment: other seeds, other images. */
  readonly seed: number;
  /** Images an epoch; whole batches are drawn. */
  readonly epochImages: number;
  /** What is told of each view's camera, behind the shape's parameters; nothing when left out. */
  readonly cameraTargets?: readonly CameraTarget[];
  /** Threads that draw. The images do not depend on it. */
  readonly workers: number;
  /** Where the run goes on. */
  readonly epoch: number;
  readonly step: number;
}

/** Fresh images, none of them seen twice, drawn in threads of their own. An epoch is as many of them as the settings say. */
export function streamSource(options: StreamSourceOptions): TrainingSource {
  checkOptions('streamSource', options, { ...sceneSourceNames, workers: 1, epoch: 1, step: 1 });
  const { scene, imageSize, batchSize, seed, epochImages, workers, cameraTargets } = options;
  const steps = streamSteps(epochImages, batchSize);
  const stream = openImageStream({
    scene,
    imageSize,
    batchSize,
    seed: streamSeed(seed),
    workers,
    ...(cameraTargets && { cameraTargets }),
    firstBatch: options.epoch * steps + options.step,
  });
  return imageStreamSource(stream, steps);
}
