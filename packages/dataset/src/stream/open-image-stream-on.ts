import { checkOptions, type OptionNames } from '@kanrecon/geometry';
import { type CameraTarget, type Scene, type SceneName, sceneByName, sceneToJson } from '@kanrecon/scene';
import type { DrawingThread } from './drawing-thread.js';
import { ImageStream } from './image-stream.js';
import type { StreamWorkerSetup } from './stream-message.js';

/** Options of `openImageStream` and {@link openImageStreamOn}. */
export interface OpenImageStreamOptions {
  /** How images are drawn: a name or a variant made by `sceneWith`. */
  readonly scene: SceneName | Scene;
  /** An integer of up to 53 bits: other seeds, other images. A data set of the same seed has the same shapes. */
  readonly seed: number;
  /** Width and height in pixels. */
  readonly imageSize: number;
  /** Images a batch; 16 when left out. */
  readonly batchSize?: number;
  /** Threads that draw; 1 when left out. The images do not depend on it. */
  readonly workers?: number;
  /** Batches that are kept ready; three a thread when left out. Memory grows with it. */
  readonly ahead?: number;
  /** Number of the batch to begin with: where an interrupted run goes on. 0 when left out. */
  readonly firstBatch?: number;
  /** What of each view's camera is told among the targets, behind the shape's parameters; nothing when left out. */
  readonly cameraTargets?: readonly CameraTarget[];
  /** Ends the stream. */
  readonly signal?: AbortSignal;
}

const defaults = { batchSize: 16, workers: 1, firstBatch: 0 } as const;
const aheadPerWorker = 3;
const optionNames: OptionNames<OpenImageStreamOptions> = {
  ...defaults,
  scene: 1,
  seed: 1,
  imageSize: 1,
  ahead: 1,
  cameraTargets: 1,
  signal: 1,
};

/**
 * `openImageStream` on threads of one's own: in a browser workers, each as
 * `(setup) => webDrawingThread(new Worker(…), setup)`, whose script calls `serveDrawing(self)`.
 *
 * @param startThread called once for each thread
 * @throws if an option is out of range, or the scene cannot be written down as JSON (its surface is a function of yours)
 */
export function openImageStreamOn(
  startThread: (setup: StreamWorkerSetup) => DrawingThread,
  options: OpenImageStreamOptions,
): ImageStream {
  checkOptions('openImageStream', options, optionNames);
  const scene = typeof options.scene === 'string' ? sceneByName(options.scene) : options.scene;
  const { seed, signal, cameraTargets } = options;
  const imageSize = checked('imageSize', options.imageSize, 1);
  const batchSize = checked('batchSize', options.batchSize ?? defaults.batchSize, 1);
  const threads = checked('workers', options.workers ?? defaults.workers, 1);
  const ahead = checked('ahead', options.ahead ?? aheadPerWorker * threads, 1);
  const firstBatch = checked('firstBatch', options.firstBatch ?? defaults.firstBatch, 0);
  if (!Number.isSafeInteger(seed)) throw new Error(`openImageStream: seed must be an integer, got ${seed}`);
  const setup: StreamWorkerSetup = {
    scene: sceneToJson(scene),
    ...{ seed, batchSize, imageSize },
    ...(cameraTargets && { cameraTargets: cameraTargets.map((target) => ({ ...target })) }),
  };
  const workers = Array.from({ length: threads }, () => startThread(setup));
  return new ImageStream({ surface: scene.surface, imageSize, batchSize, firstBatch, workers, ahead, signal });
}

function checked(name: string, value: number, least: number): number {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new Error(`openImageStream: ${name} must be a whole number from ${least} up, got ${value}`);
  }
  return value;
}
