import { type ParametricSurface, SurfaceError } from '@kanrecon/geometry';
import { withoutCaller } from '@kanrecon/image';
import type { StreamBatch } from '@kanrecon/scene';
import type { DrawingThread } from './drawing-thread.js';
import { ImageStreamError } from './image-stream-error.js';
import type { StreamAnswer, StreamRequest } from './stream-message.js';

/** What an {@link ImageStream} is made with. */
export interface ImageStreamContent {
  readonly surface: ParametricSurface;
  readonly imageSize: number;
  readonly batchSize: number;
  readonly firstBatch: number;
  readonly workers: readonly DrawingThread[];
  /** Batches that are asked for ahead of time. */
  readonly ahead: number;
  readonly signal: AbortSignal | undefined;
}

type Buffers = Pick<StreamRequest, 'images' | 'targets'>;

/**
 * Fresh images without end. Get one from `openImageStream` or `openImageStreamOn`, take batches in order, and close it.
 *
 * A ring of `ahead` batches is in the hands of the threads or waits to be taken; the buffers of a batch go back to a thread when the
 * next one is taken, so memory stays what it was after the first round. Batch b is drawn by thread b mod workers: the threads
 * need no lock, and which one draws it changes nothing.
 */
export class ImageStream implements AsyncIterable<StreamBatch> {
  /** Whose parameters the targets are. */
  readonly surface: ParametricSurface;
  /** Width and height in pixels. */
  readonly imageSize: number;
  /** Images a batch. */
  readonly batchSize: number;
  readonly #workers: readonly DrawingThread[];
  readonly #signal: AbortSignal | undefined;
  readonly #ready = new Map<number, StreamBatch>();
  #next: number;
  #asked: number;
  #taken: StreamBatch | undefined;
  #waiting: { resolve(batch: StreamBatch): void; reject(reason: unknown): void } | undefined;
  #failure: { readonly reason: unknown } | undefined;
  #closed: Promise<void> | undefined;

  constructor({ surface, imageSize, batchSize, firstBatch, workers, ahead, signal }: ImageStreamContent) {
    this.surface = surface;
    this.imageSize = imageSize;
    this.batchSize = batchSize;
    this.#workers = workers;
    this.#signal = signal;
    this.#next = firstBatch;
    this.#asked = firstBatch;
    workers.forEach((worker, index) => {
      const who = `thread ${index + 1} of ${workers.length}`;
      worker.listen({
        answer: (answer) => {
          if ('error' in answer) this.#fail(failure(answer));
          else this.#receive(answer);
        },
        failed: (reason, cause) => this.#fail(new ImageStreamError(`${who} ${reason}`, { cause })),
      });
    });
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (signal?.aborted) this.#onAbort();
    for (let k = 0; k < ahead; k++) this.#ask();
  }

  /** Number of the batch that `next` gives. */
  get position(): number {
    return this.#next;
  }

  /**
   * The next batch. Its arrays are good until the next call, which hands their memory back.
   *
   * @throws SurfaceError if an object cannot be drawn or seen; ImageStreamError when a thread fails otherwise; `signal.reason` when
   *   aborted; if the stream is closed, or called before the last call's batch is there
   */
  async next(): Promise<StreamBatch> {
    if (this.#failure) throw this.#failure.reason;
    if (this.#closed) throw new Error('ImageStream.next: the stream is closed');
    if (this.#waiting) throw new Error('ImageStream.next: the last call has not ended; expected one at a time');
    if (this.#taken) this.#ask(this.#taken as Buffers);
    this.#taken = undefined;
    const number = this.#next;
    const batch =
      this.#ready.get(number) ??
      (await new Promise<StreamBatch>((resolve, reject) => {
        this.#waiting = { resolve, reject };
      }));
    this.#ready.delete(number);
    this.#next = number + 1;
    this.#taken = batch;
    return batch;
  }

  /** Batches without end: leave the loop by `break`, which closes the stream. */
  async *[Symbol.asyncIterator](): AsyncGenerator<StreamBatch, never> {
    try {
      while (true) yield await this.next();
    } finally {
      await this.close();
    }
  }

  /** Ends the threads. Closing twice is fine; a call of `next` that still waits is refused. */
  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#waiting?.reject(new Error('ImageStream.next: the stream is closed'));
    this.#waiting = undefined;
    this.#ready.clear();
    await Promise.all(this.#workers.map((worker) => worker.end()));
  }

  #ask(buffers: Buffers = {}): void {
    const batch = this.#asked++;
    const { images, targets } = buffers;
    this.#workers[batch % this.#workers.length]!.ask({ batch, ...(images && { images }), ...(targets && { targets }) });
  }

  #receive(batch: StreamBatch): void {
    if (this.#waiting && batch.number === this.#next) {
      const { resolve } = this.#waiting;
      this.#waiting = undefined;
      resolve(batch);
      return;
    }
    this.#ready.set(batch.number, batch);
  }

  #fail(reason: unknown): void {
    if (this.#failure || this.#closed) return;
    this.#failure = { reason };
    this.#waiting?.reject(reason);
    this.#waiting = undefined;
    void this.close();
  }

  readonly #onAbort = (): void => this.#fail(this.#signal?.reason);
}

function failure({ number, error, isSurfaceError }: Extract<StreamAnswer, { error: string }>): Error {
  const reason = `batch ${number} failed: ${withoutCaller(error)}`;
  return isSurfaceError ? new SurfaceError(`openImageStream: ${reason}`) : new ImageStreamError(reason);
}
