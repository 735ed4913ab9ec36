import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { checkOptions, type OptionNames } from '@kanrecon/geometry';
import type { CameraTarget, Scene } from '@kanrecon/scene';
import { type SceneName, sceneByName, sceneToJson } from '@kanrecon/scene';
import { ImageStream } from './image-stream.js';
import type { StreamWorkerSetup } from './stream-worker.js';

/** Options of {@link openImageStream}. */
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
 * Starts threads that draw fresh images without end, for training that never sees an image twice. The images of batch b
 * depend on (scene, seed, batchSize, b) alone, so a run can be repeated, and go on at any batch, with any number of threads.
 *
 * @throws if an option is out of range, or the scene cannot be written down as JSON (its surface is a function of yours)
 */
export function openImageStream(options: OpenImageStreamOptions): ImageStream {
  checkOptions('openImageStream', options, optionNames);
  const scene = typeof options.scene === 'string' ? sceneByName(options.scene) : options.scene;
  const { seed, signal, cameraTargets } = options;
  const imageSize = checked('imageSize', options.imageSize, 1);
  const batchSize = checked('batchSize', options.batchSize ?? defaults.batchSize, 1);
  const threads = checked('workers', options.workers ?? defaults.workers, 1);
  const ahead = checked('ahead', options.ahead ?? aheadPerWorker * threads, 1);
  const firstBatch = checked('firstBatch', options.firstBatch ?? defaults.firstBatch, 0);
  if (!Number.isSafeInteger(seed)) throw new Error(`openImageStream: seed must be an integer, got ${seed}`);
  const workerData: StreamWorkerSetup = {
    scene: sceneToJson(scene),
    ...{ seed, batchSize, imageSize },
    ...(cameraTargets && { cameraTargets: cameraTargets.map((target) => ({ ...target })) }),
  };
  const path = fileURLToPath(new URL('./stream-worker.js', import.meta.url));
  // The worker is plain JavaScript; with the program's own flags it would not start under `node --input-type=module -e …`.
  const workers = Array.from({ length: threads }, () => new Worker(path, { workerData, execArgv: [] }));
  return new ImageStream({ surface: scene.surface, imageSize, batchSize, firstBatch, workers, ahead, signal });
}

function checked(name: string, value: number, least: number): number {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new Error(`openImageStream: ${name} must be a whole number from ${least} up, got ${value}`);
  }
  return value;
}
