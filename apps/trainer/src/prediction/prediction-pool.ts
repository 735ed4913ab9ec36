import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Tinypool } from 'tinypool';
import {
  type DrawnObject,
  type DrawTask,
  drawObject,
  type PreparedImage,
  type PrepareTask,
  prepareImage,
  type UnusableImage,
} from './prediction-worker.js';

// A thread takes half a second of processor time until it has loaded and compiled what draws; an object takes 25 ms, with its mesh, and
// seconds where it is refined.
const imagesPerThread = { drawn: 16, refined: 1 } as const;
/** Each has 100 MB of its own. */
const mostThreads = 8;

/** Where images are prepared and objects drawn. */
export interface PredictionPool {
  /** How much may be in work at once. */
  readonly lanes: number;
  prepare(task: PrepareTask): Promise<PreparedImage | UnusableImage>;
  /** @throws an AbortError, soon, when aborted */
  draw(task: DrawTask, signal: AbortSignal): Promise<DrawnObject | UnusableImage>;
  close(): Promise<void>;
}

/**
 * Threads for so many images, or this thread where that would not be faster.
 *
 * @param work what takes the time
 */
export function predictionPool(
  images: number,
  work: keyof typeof imagesPerThread,
  cores = availableParallelism(),
): PredictionPool {
  const threads = Math.min(cores, mostThreads, Math.floor(images / imagesPerThread[work]));
  if (threads < 2) return { lanes: 1, prepare: prepareImage, draw: drawObject, close: async () => {} };
  const pool = new Tinypool({
    filename: fileURLToPath(new URL('./prediction-worker.js', import.meta.url)),
    minThreads: threads,
    maxThreads: threads,
    execArgv: [],
  });
  return {
    lanes: threads,
    prepare: (task) => pool.run(task, { name: 'prepareImage' }),
    draw: (task, signal) => pool.run(task, { name: 'drawObject', signal }),
    close: () => pool.destroy(),
  };
}
