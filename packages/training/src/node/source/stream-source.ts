import { ImageStreamError, openImageStream } from '@kanrecon/dataset/node';
import { checkOptions, SurfaceError } from '@kanrecon/geometry';
import { withoutCaller } from '@kanrecon/image';
import type { CameraTarget, Scene } from '@kanrecon/scene';
import { sceneSourceNames } from '../../source/scene-source.js';
import { streamSeed, streamSteps } from '../../source/stream-seed.js';
import type { TrainingSource } from '../../source/training-source.js';
import { WorkerError } from '../../worker-error.js';

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
  return {
    images: steps * batchSize,
    steps,
    async batch(epoch, step) {
      const number = epoch * steps + step;
      if (number !== stream.position) {
        throw new Error(`streamSource: batches come in order; expected ${stream.position}, got ${number}`);
      }
      const { images, targets } = await stream.next().catch((cause: unknown) => {
        throw failureOf(cause);
      });
      return { images, targets, samples: Uint32Array.from({ length: batchSize }, (_, i) => step * batchSize + i) };
    },
    close: () => stream.close(),
  };
}

/** A thread's failure as training knows it; other errors, an abort among them, as they are. */
function failureOf(cause: unknown): unknown {
  if (cause instanceof ImageStreamError) return new WorkerError(`drawing images: ${cause.reason}`, { cause });
  if (!(cause instanceof SurfaceError)) return cause;
  return new WorkerError(`drawing images: ${withoutCaller(cause.message)}`, { cause });
}
