import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ImageStream } from '../stream/image-stream.js';
import { type OpenImageStreamOptions, openImageStreamOn } from '../stream/open-image-stream-on.js';
import { nodeDrawingThread } from './node-drawing-thread.js';

/**
 * Starts threads that draw fresh images without end, for training that never sees an image twice. The images of batch b
 * depend on (scene, seed, batchSize, b) alone, so a run can be repeated, and go on at any batch, with any number of threads.
 *
 * @throws if an option is out of range, or the scene cannot be written down as JSON (its surface is a function of yours)
 */
export function openImageStream(options: OpenImageStreamOptions): ImageStream {
  const path = fileURLToPath(new URL('./stream-worker.js', import.meta.url));
  // The worker is plain JavaScript; with the program's own flags it would not start under `node --input-type=module -e …`.
  const start = (workerData: unknown) => nodeDrawingThread(new Worker(path, { workerData, execArgv: [] }));
  return openImageStreamOn(start, options);
}
